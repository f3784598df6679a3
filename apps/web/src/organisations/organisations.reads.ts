import type { Data } from '../lib/api.ts';
import { read, readVersioned } from '../lib/reads.ts';

export type Organisation = Data<'GET /api/v1/organisations/:id'>;

/** One organisation with its people, also when it is in the bin. */
export const organisation = (id: string) =>
  readVersioned('GET /api/v1/organisations/:id', { params: { id } });

/** The categories in use. */
export const categories = () => read('GET /api/v1/organisations/categories', {});
