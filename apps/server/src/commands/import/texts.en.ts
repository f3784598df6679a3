/** What the import command says. */
export const importTexts = {
  usage: () =>
    `npm run import -- organisations FILE.csv --as EMAIL [--workspace NAME]
npm run import -- people FILE.csv --as EMAIL [--workspace NAME]

  --as         the e-mail of a member, whose records they become and whose role decides what may be written
  --workspace  its name; not needed when there is just one

Rows that are not taken are written to FILE.rejected.csv with the reason. The file is imported as a whole or not at
all. Again: records are updated by their external id. Exit code: 0 when every row was taken, 2 when some were not, 1 when
nothing was imported. docs/import.md has the columns.`,
  noFile: (path: string) => `There is no file ${path}.`,
  notAFile: (path: string) => `${path} is not a file.`,
  unreadable: (path: string) => `The file ${path} may not be read.`,
  tooLarge: () => 'The file is larger than 200 MB: split it and import the parts.',
  sending: (file: string, percent: number) => `Sending ${file}: ${percent} %`,
  importing: (file: string) => `Importing ${file} …`,
  otherDatabase: () =>
    'The running Vif does not know the session made for this command: its database is another. Set DATABASE_URL as it is set there.',
  interrupted: {
    nothing: () => 'Interrupted. Nothing was imported.',
    imported: () => 'Interrupted, but too late: the file was imported.',
    unknown: () => 'Interrupted. Whether the file was imported could not be seen: look before you try again.',
  },
  connectionLost: {
    nothing: () => 'Vif ended while it was importing. Nothing was imported.',
    imported: () => 'Vif ended after it had imported the file, so what became of each row is not known here.',
    unknown: () => 'Vif ended. Whether the file was imported could not be seen: look before you try again.',
  },
  summary: {
    rows: 'rows',
    created: 'created',
    updated: 'updated',
    unchanged: 'unchanged',
    restored: 'restored from the bin',
    rejected: 'rejected',
    warnings: 'warnings',
  },
  columns: () => 'Columns:',
  notTaken: () => '(not taken)',
  noExternalId: () =>
    'No column holds an external id: importing this file again would create all of it once more.',
  warning: (line: number, reason: string) => `Line ${line}: ${reason}`,
  moreWarnings: (count: number) => `… and ${count} more warnings`,
  rejectedFile: (path: string) => `The rejected rows are in ${path}, each with its reason.`,
  rejectedNotWritten: (path: string, why: string) =>
    `The rejected rows could not be written to ${path} (${why}):`,
};
