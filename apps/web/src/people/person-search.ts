import { listSearch } from '../lib/list-search.ts';

/** What the address of the people's list may carry. */
export const personSearch = listSearch('organisationId', 'jobTitle', 'ownerId');
export type PersonSearch = ReturnType<typeof personSearch>;
