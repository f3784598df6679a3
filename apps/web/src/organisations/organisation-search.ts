import { listSearch } from '../lib/list-search.ts';

/** What the address of the organisations' list may carry. */
export const organisationSearch = listSearch('category', 'city', 'country', 'active', 'ownerId');
export type OrganisationSearch = ReturnType<typeof organisationSearch>;
