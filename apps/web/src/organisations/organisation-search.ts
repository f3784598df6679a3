import { type Listed, type ListReads, listReads } from '../lib/list-reads.ts';
import { listSearch } from '../lib/list-search.ts';

/** What the address of the organisations' list may carry. */
export const organisationSearch = listSearch('category', 'city', 'country', 'active', 'ownerId');
type OrganisationSearch = ReturnType<typeof organisationSearch>;

/** The list's order when the address names none. */
export const defaultSort = 'name';

/** What the list that an address means is read by. */
export function organisationReads({
  columns: _,
  sort = defaultSort,
  ...filters
}: OrganisationSearch): ListReads<Listed['organisations']> {
  return listReads('organisations', filters, sort);
}
