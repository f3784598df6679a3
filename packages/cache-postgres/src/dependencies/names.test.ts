import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Meaning, meaningIn } from '../testing/meaning-of.ts';

let meaning: Meaning;
beforeAll(async () => {
  meaning = await meaningIn(
    `create table t (id int primary key, x int, y int); create table u (id int primary key, x int);
     create table c (id int primary key, k int)`,
    `select vif_cache.track('t', null, 'id', 'x'), vif_cache.track('u', null, 'id', 'x'), vif_cache.track('c', null, 'id', 'k')`,
  );
});
afterAll(() => meaning.stop());

const any = (...tables: string[]) => tables.map((table) => `*:public.${table}:any`);

describe('a query of WITH', () => {
  it.each([
    ['is not seen by itself', 'with t as (select * from t) select * from t, u', any('t', 'u')],
    [
      'is not seen by those before it',
      'with a as (select * from t), t as (select * from u) select * from a, t',
      any('t', 'u'),
    ],
    [
      'is seen by those behind it',
      'with t as (select * from u), a as (select * from t) select * from a',
      any('u'),
    ],
    [
      'is seen by itself where it is recursive',
      'with recursive t (n) as (select id from u union select n + 1 from t where n < 3) select * from t',
      any('u'),
    ],
    [
      'is seen by those before it where they are recursive',
      'with recursive a as (select * from t), t as (select * from u) select * from a',
      any('u'),
    ],
    [
      'hides no table that is named with its schema',
      'with t as (select 1 as id) select * from public.t',
      any('t'),
    ],
  ])('%s', (_what, text, tags) => {
    expect(meaning.of(text)).toEqual(tags);
  });
});

describe('what a name may mean', () => {
  it('in ON is of the two sides or of the query around, never of what else stands in FROM', () => {
    // PostgreSQL takes o.k, since c is no side of the join.
    const text = 'select from c o where exists (select from c, t join u on t.x = k where k = 7)';
    expect(meaning.of(text)).toEqual(['*:public.c:any', '*:public.c:k=7', ...any('t', 'u')]);
  });

  it('in LATERAL is what stands left of it or around', () => {
    const text = `select from c as o where o.k = 1 and exists
      (select from lateral (select from t where t.x = o.k) s, c as o where o.k = 7)`;
    expect(meaning.of(text)).toContain('*:public.t:x=1');
  });
});

describe('a column without a name is called as PostgreSQL calls it', () => {
  // Each is read by a name that the table around has too: where it is another, that one would be meant.
  it.each([
    ['id::text', 'id'],
    [`'1'::text`, 'text'],
    [`(case when id = 1 then 'a' else 'b' end)::text`, 'text'],
    [`case when id = 1 then 'a' else 'b'::text end`, 'case'],
    ['case when id = 1 then x else y end', 'y'],
    ['nullif(x, y)', 'nullif'],
    ['coalesce(x, y)', 'coalesce'],
    ['(select x)', 'x'],
    ['exists (select 1)', 'exists'],
    ['x + 1', '?column?'],
    ['greatest(x, y)', 'greatest'],
    ['lower(id::text)', 'lower'],
  ])('%s: %s', async (expression, name) => {
    const text = `select s."${name}" from (select ${expression} from t) s`;
    expect(meaning.of(text)).toEqual(any('t'));
    expect((await meaning.ask(text)).fields[0]?.name).toBe(name);
  });
});
