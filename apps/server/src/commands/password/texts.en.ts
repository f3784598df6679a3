/** What the password command says. */
export const passwordTexts = {
  usage: () => `npm run password -- EMAIL [--ask]

Gives the user a new random password and prints it. With --ask it is typed instead (or read from a pipe), and not
printed. All of the user's sessions end.`,
  ask: () => 'New password:',
  askAgain: () => 'Once more:',
  different: () => 'The two are not the same. Nothing was changed.',
  length: (least: number, most: number) =>
    `A password has ${least} to ${most} characters. Nothing was changed.`,
  nobody: (email: string) => `Nobody has the e-mail ${email}. Nothing was changed.`,
  changed: (name: string) => `${name} has a new password, and every session of theirs has ended.`,
  password: (password: string) => `Password: ${password}`,
};
