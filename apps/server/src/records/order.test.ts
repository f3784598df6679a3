import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import { describe, expect, it } from 'vitest';
import { orderBy, plain, reading } from './order.ts';

const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const columns = {
  city: [reading('o.city', true)],
  name: [reading('o.name', false), plain('o.rank', true)],
};

describe('ORDER BY', () => {
  it.each([
    ['city', '"o"."city" collate app.reading asc, "o"."id" asc'],
    ['-city', '"o"."city" collate app.reading desc nulls last, "o"."id" desc'],
    ['name', '"o"."name" collate app.reading asc, "o"."rank" asc, "o"."id" asc'],
    ['-name', '"o"."name" collate app.reading desc, "o"."rank" desc nulls last, "o"."id" desc'],
  ] as const)('for %s ends with the id in the same direction, and is %s', (sort, order) => {
    expect(sql`${orderBy(sort, columns, 'o.id')}`.compile(compiler).sql).toBe(order);
  });
});
