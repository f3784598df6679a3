import type { ClientBase } from 'pg';

/** A connection as far as statements go. */
export type Queryable = Pick<ClientBase, 'query'>;
