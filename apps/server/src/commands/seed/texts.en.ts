/** What the seed command says. */
export const seedTexts = {
  usage: () => `npm run seed -- --organisations N --people N [--workspace NAME]

Adds invented French organisations and people to a workspace, all of them or, after an error or Ctrl-C, none. In an empty
database it makes the workspace first, with a demonstration administrator whose password it prints. Again: it adds
others; their external ids go on where they ended. At most 1,000,000 of each at once.`,
  nothing: () => 'Say how many with --organisations and --people.',
  number: (option: string) => `--${option} takes a number from 0 to 1,000,000.`,
  madeWorkspace: (name: string) => `The database was empty: the workspace “${name}” was made.`,
  signIn: (email: string, password: string) => `Sign in as ${email} with the password ${password}`,
  others: (emails: string[]) =>
    `Its other members are ${emails.join(', ')}; “npm run password -- EMAIL” gives one of them a password.`,
  adding: (organisations: number, people: number, workspace: string) =>
    `Adding ${organisations.toLocaleString('en')} organisations and ${people.toLocaleString('en')} people to “${workspace}” …`,
  organisations: (done: number) => `${done.toLocaleString('en')} organisations`,
  people: (done: number) => `${done.toLocaleString('en')} people`,
  tidying: () => 'Counting what is where, so that the database plans well …',
  done: (organisations: number, people: number, seconds: number) =>
    `Added ${organisations.toLocaleString('en')} organisations and ${people.toLocaleString('en')} people in ${seconds.toFixed(1)} s.`,
  interrupted: () => 'Interrupted. Nothing was added.',
};
