import type { Rule } from './mutations.ts';

/** A SELECT and a write that changes its answer, for a rule that made-up statements bear on too seldom. */
export interface Scene {
  readonly rule: Rule;
  /** Tables and rows besides those that every scene has. */
  readonly schema?: string;
  readonly select: string;
  readonly values?: readonly unknown[];
  readonly write: string;
}

/** What every scene has. All of it is tracked. */
export const schema = `
  create table o (id integer primary key, k integer, k2 integer, shared boolean not null default false);
  create table x (id integer primary key, k integer, k2 integer);
  create table y (id integer primary key, m integer, s text, price numeric);
  create table z (id integer primary key, n integer);
  insert into o values (1, 1, 2, false), (2, 2, 2, true);
  insert into x values (1, 1, 1);
  insert into y values (1, 1, 'a', 1.0), (2, 2, 'b', 2.0);
  insert into z values (1, 1)`;
export const tracked = ['o', 'x', 'y', 'z'].map((table) => {
  const columns = { o: ['id', 'k', 'k2'], x: ['id', 'k', 'k2'], y: ['id', 'm', 's'], z: ['id', 'n'] }[table];
  return `select vif_cache.track('${table}', null, ${columns?.map((one) => `'${one}'`).join()})`;
});

export const scenes: readonly Scene[] = [
  {
    rule: 'parameterOfOneType',
    select: 'select m from y where $1::char(3) is not null and s = $1',
    values: ['a  '],
    write: `update y set m = 7 where s = 'a'`,
  },
  {
    rule: 'castWithLength',
    select: 'select m from y where s = $1::varchar(1)',
    values: ['ab'],
    write: `update y set m = 7 where s = 'a'`,
  },
  {
    rule: 'onSeesItsSides',
    // `k` is that of `o`: ON sees its own two sides, and then what is around the query.
    select:
      'select (select count(*) from x cross join (y join z on y.m = k) where x.k = 1) as total from o where o.k = 2',
    write: `insert into y values (3, 2, 'c', 0)`,
  },
  {
    rule: 'onlyLateralSeesBeside',
    select: `select (select s.total from x, (select count(*) as total from y where y.m = k2) s where x.k2 = 1) as total
      from o where o.k2 = 2 limit 1`,
    write: `insert into y values (3, 2, 'c', 0)`,
  },
  {
    rule: 'windowInView',
    schema: 'create view ranked as select id, row_number() over (order by id) as place from y',
    select: 'select place from ranked where id = 2',
    write: 'delete from y where id = 1',
  },
  {
    rule: 'renamedInView',
    schema: 'create view swapped as select k as k2, k2 as k, id from x',
    select: 'select id from swapped where k = 5',
    write: 'update x set k2 = 5',
  },
  {
    rule: 'policyAlone',
    schema: `alter table o enable row level security; alter table o force row level security;
      create policy first on o using (k = 1); create policy other on o using (shared)`,
    select: 'select id, k2 from o order by id',
    write: 'update o set k2 = 9 where id = 2',
  },
  {
    rule: 'ownNameInWith',
    select: 'with y as (select * from y) select count(*) from y, o where o.id = 1',
    write: `insert into y values (3, 3, 'c', 0)`,
  },
  {
    rule: 'imageOfRow',
    select: 'select price from y where id = 1',
    write: 'update y set price = price + 0.00',
  },
  {
    rule: 'imageOfOne',
    select: 'select price from y where id = 1',
    write: 'update y set price = 1.00 where id = 1',
  },
  {
    rule: 'oldValues',
    select: 'select id from y where m = 1',
    write: 'update y set m = 7',
  },
  {
    rule: 'newValues',
    select: 'select id from y where m = 7',
    write: 'update y set m = 7',
  },
  {
    rule: 'oneOfMany',
    select: 'select s from y where id = 2',
    write: `update y set s = s || '!'`,
  },
  {
    rule: 'preservedRight',
    select: 'select count(*) from o right join y on y.m = 1',
    write: `insert into y values (3, 2, 'c', 0)`,
  },
];
