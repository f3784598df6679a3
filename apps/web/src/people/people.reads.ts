import type { Data } from '../lib/api.ts';
import { readVersioned } from '../lib/reads.ts';

export type Person = Data<'GET /api/v1/people/:id'>;

/** One person, also when they are in the bin. */
export const person = (id: string) => readVersioned('GET /api/v1/people/:id', { params: { id } });
