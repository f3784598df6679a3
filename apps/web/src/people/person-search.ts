import { type Listed, type ListReads, listReads } from '../lib/list-reads.ts';
import { listSearch } from '../lib/list-search.ts';

/** What the address of the people's list may carry. */
export const personSearch = listSearch('organisationId', 'jobTitle', 'ownerId');
type PersonSearch = ReturnType<typeof personSearch>;

/** The list's order when the address names none. */
export const defaultSort = 'lastName';

/** What the list that an address means is read by. */
export function personReads({
  columns: _,
  sort = defaultSort,
  ...filters
}: PersonSearch): ListReads<Listed['people']> {
  return listReads('people', filters, sort);
}
