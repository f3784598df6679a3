/** What every command may have to say. */
export const reachingTexts = {
  otherDatabase: (folder: string) =>
    `The Vif that runs on ${folder} uses a PostgreSQL of its own: set DATABASE_URL as it is set there.`,
  notReached: () => 'The database was not reached within a minute. Nothing was done.',
  notReady: (address: string) =>
    `The Vif at ${address} did not become ready within a minute. Nothing was done.`,
  stillStarting: () => 'A Vif is starting or stopping on this data folder. Try again in a moment.',
  noWorkspace: () =>
    'There is no workspace yet: start Vif with “npm start” and set it up at the address it prints.',
  whichWorkspace: (names: string[]) => `Name the workspace with --workspace: ${list(names)}.`,
  unknownWorkspace: (asked: string, names: string[]) =>
    `There is no workspace “${asked}”. There is: ${list(names)}.`,
  ambiguousWorkspace: (asked: string, ids: string[]) =>
    `Several workspaces are called “${asked}”. Name the one you mean by its id: ${ids.join(', ')}.`,
  whichMember: (emails: string[]) => `Say with --as whose records they become: ${emails.join(', ')}.`,
  unknownMember: (asked: string, workspace: string, emails: string[]) =>
    `No member of “${workspace}” has the e-mail ${asked}. There is: ${emails.join(', ')}.`,
  interrupted: () => 'Interrupted.',
};

function list(names: string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}
