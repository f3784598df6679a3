import type { fr } from './messages.fr.ts';

export const en: typeof fr = {
  title: 'Bin',
  organisations: 'Organisations',
  people: 'People',
  search: 'Search the bin',
  name: 'Name',
  city: 'City',
  organisation: 'Organisation',
  owner: 'Owner',
  deleted: 'Deleted',
  restore: 'Restore',
  restoreOf: (name) => `Restore ${name}`,
  gone: 'Gone on',
  actions: 'Restoring',
  onlyBy: (owner) => `By ${owner}`,
  onlyHint: 'Only its owner, a manager or an administrator can restore it.',
  hint: 'What is deleted stays here for 30 days, then it is gone for good.',
  empty: 'The bin is empty',
  emptyHint: 'What you delete stays here for 30 days and can be restored; then it is gone for good.',
  noneFound: 'Nothing matches in the bin',
  kinds: 'What to show',
};
