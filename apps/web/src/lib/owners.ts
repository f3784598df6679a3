import { read } from './reads.ts';

/** The members that a record can belong to. */
export const owners = () => read('GET /api/v1/owners', {});
