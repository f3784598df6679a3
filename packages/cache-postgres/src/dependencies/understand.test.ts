import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Meaning, meaningIn } from '../testing/meaning-of.ts';
import { tagValue } from '../tracking/tags.ts';

let meaning: Meaning;
beforeAll(async () => {
  meaning = await meaningIn(
    `create table t (id int primary key, n bigint, u uuid, b boolean, s text, v varchar(9), c char(4), price numeric, at timestamptz);
     create table r (id int primary key, t int, s text);
     create table notes (w text not null, id int primary key);
     create table hidden (id int);
     create materialized view frozen as select * from t;
     create sequence counter;
     create type mood as enum ('good', 'bad');
     create function mine(int) returns int immutable language sql as 'select 1';
     create function "of"(t) returns int stable language sql as 'select 1';
     create view part as select id as number, s from t where b;
     create view few as select * from t order by id limit 1;
     create view ranked as select id, rank() over (order by n) as place from t;
     create table "Odd one" ("A b" int primary key)`,
    `select vif_cache.track('t', null, 'id', 'n', 'u', 'b', 's', 'v'), vif_cache.track('r', null, 'id', 't', 's'),
      vif_cache.track('notes', 'w', 'id'), vif_cache.track('"Odd one"', null, 'A b')`,
  );
});
afterAll(() => meaning.stop());

const t = (...scopes: string[]) => scopes.map((scope) => `*:public.t:${scope}`);
const r = (...scopes: string[]) => scopes.map((scope) => `*:public.r:${scope}`);
const id = '00000000-0000-4000-8000-00000000000a';
const hashed = (value: string) => tagValue(value, 'text');

type Case = [text: string, values: unknown[], tags: string[]];

describe('narrowed by a column that equals what is known', () => {
  it.each<Case>([
    ['select from t where id = $1', [7], t('id=7')],
    ['select from t where $1 = id', ['7'], t('id=7')],
    ['select from t where id = 7 and s = $1', ['x'], t('id=7')],
    ['select from t where id operator(pg_catalog.=) 7', [], t('id=7')],
    ['select from t where n = -7', [], t('n=-7')],
    ['select from t where id = $1::int', [7], t('id=7')],
    ['select from t where u = $1', [id], t(`u=${id}`)],
    ['select from t where b = $1', [true], t('b=true')],
    ['select from t where b = false', [], t('b=false')],
    ['select from t where s = $1', [''], t(`s=${hashed('')}`)],
    ['select from t where v = $1', ['A'], t(`v=${hashed('A')}`)],
    ['select from t where id in (1, $1)', [2], t('id=1', 'id=2')],
    ['select from t where id = any ($1)', [[1, 2]], t('id=1', 'id=2')],
    ['select from t where id = any ($1::int[])', [[1, '2']], t('id=1', 'id=2')],
    ['select from t where id = any (array[1, 2])', [], t('id=1', 'id=2')],
    ['select from "Odd one" where "A b" = 1', [], ['*:public.Odd one:A b=1']],
    ['select from public.t where public.t.id = 7', [], t('id=7')],
    [
      `select at::date, date(at), date_trunc('day', at)::date, (at + interval '1 day')::date from t where id = 7`,
      [],
      t('id=7'),
    ],
    ['select from t as x (a, b) where a = 7', [], t('id=7')],
  ])('%s', (text, values, tags) => {
    expect(meaning.of(text, values)).toEqual(tags);
  });
});

describe('narrowed through what equals it', () => {
  it.each<Case>([
    ['select from t join r on r.t = t.id where t.id = 7', [], [...r('t=7'), ...t('id=7')]],
    ['select from t, r where r.t = t.id and r.t = 7', [], [...r('t=7'), ...t('id=7')]],
    ['select from t left join r on r.t = t.id where t.id = 7', [], [...r('t=7'), ...t('id=7')]],
    ['select from t left join r on r.t = 7', [], [...r('t=7'), ...t('any')]],
    ['select from t left join r on r.t = t.id and t.id = 7', [], [...r('t=7'), ...t('any')]],
    ['select from r right join t on r.t = t.id and t.id = 7', [], [...r('t=7'), ...t('any')]],
    ['select from t full join r on r.t = t.id and t.id = 7', [], [...r('any'), ...t('any')]],
    [
      'select from t where id = 7 and exists (select from r where r.t = t.id)',
      [],
      [...r('t=7'), ...t('id=7')],
    ],
    ['select from t a, t b where a.id = 1 and b.id = 2', [], t('id=1', 'id=2')],
    ['select from t a, t b where a.id = 1', [], t('any', 'id=1')],
    ['select from part where number = 7', [], t('id=7')],
    ['select from part', [], t('any')],
    ['select from (select * from t) x where id = 7', [], t('any')],
    ['with x as (select * from t) select from x where id = 7', [], t('any')],
    ['select from few where id = 7', [], t('any')],
    ['select from ranked where id = 7', [], t('any')],
  ])('%s', (text, values, tags) => {
    expect(meaning.of(text, values)).toEqual(tags);
  });
});

describe('not narrowed, since other rows may count', () => {
  it.each<[text: string, values: unknown[]]>([
    ['select from t where id = $1', ['007']],
    ['select from t where id = $1', [' 7 ']],
    ['select from t where id = $1', ['+7']],
    ['select from t where id = $1', [null]],
    ['select from t where id = 7.0', []],
    ['select from t where u = $1', [id.toUpperCase()]],
    ['select from t where u = $1', [`{${id}}`]],
    ['select from t where b = $1', ['t']],
    ['select from t where b', []],
    ['select from t where c = $1', ['a']],
    ['select from t where price = $1', ['1.0']],
    ['select from t where at = $1', ['2024-01-01']],
    ['select from t where s = $1::char(1)', ['a']],
    ['select from t where s = $1::varchar(1)', ['ab']],
    ['select from t where s = $1::int::text', ['007']],
    ['select from t where c = $1 and s = $1', ['a ']],
    ['select from t where s = $1 and length($1) > 0', ['a']],
    ['select from t where id = 7 or s = $1', ['x']],
    ['select from t where not (id = 7)', []],
    ['select from t where id <> 7', []],
    ['select from t where id is distinct from 7', []],
    ['select from t where (id, n) = (7, 8)', []],
    ['select from t where id + 0 = 7', []],
    ['select from t where id in (7, n)', []],
    ['select from t where id not in (7)', []],
    ['select from t where id = all ($1)', [[7]]],
    ['select from t where id = any ($1)', [[7, null]]],
    ['select from t where id = any ($1)', ['{7}']],
    ['select from t group by id having id = 7', []],
    ['select from t where (id = 7) is not true', []],
    ['select from t where id between 7 and 7', []],
  ])('%s with %j', (text, values) => {
    expect(meaning.of(text, values)).toEqual(t('any'));
  });
});

describe('of a table of workspaces', () => {
  it.each<[text: string, settings: Record<string, string>, tags: string[] | string]>([
    [`select from notes where w = 'a'`, {}, [`${hashed('a')}:public.notes:any`]],
    [
      `select from notes where w = current_setting('app.w')`,
      { 'app.w': 'a' },
      [`${hashed('a')}:public.notes:any`],
    ],
    [`select from notes where w = 'a' and id = 1`, {}, [`${hashed('a')}:public.notes:id=1`]],
    [
      `select from notes where w = current_setting('app.w')`,
      {},
      'it reads the setting app.w, which its load did not set',
    ],
    ['select from notes', {}, 'it reads public.notes of every w, and can only be known to depend on one'],
  ])('%s', (text, settings, tags) => {
    expect(meaning.of(text, [], settings)).toEqual(tags);
  });
});

describe('refused', () => {
  it.each<[text: string, reason: string]>([
    ['update t set id = 1', 'it is no SELECT'],
    ['select 1; select 2', 'it is not one statement'],
    ['', 'it is not one statement'],
    ['selec 1', 'it is not understood'],
    ['with x as (delete from t returning *) select from x', 'it writes, or is no SELECT'],
    ['select * into copy from t', 'it makes a table'],
    ['select from t for update', 'it locks rows'],
    ['select from t tablesample system (10)', 'it reads from RangeTableSample'],
    ['select from hidden', 'public.hidden is not tracked'],
    ['select from frozen', 'frozen is a materialised view'],
    ['select from counter', 'counter is a sequence'],
    ['select from nowhere', 'nowhere is no table or view that is known'],
    ['select from pg_temp.t', 'pg_temp.t is no table or view that is known'],
    ['select xmin from t', 'it reads xmin'],
    ['select t.ctid from t', 'it reads ctid'],
    ['select random() from t', 'random may answer differently each time'],
    ['select now() from t', 'now may answer differently each time'],
    ['select current_date from t', 'it contains current_date, current_user or the like'],
    ['select current_user from t', 'it contains current_date, current_user or the like'],
    [`select from t where at > 'today'`, 'may be read as a moment that moves'],
    [`select 'now'::timestamptz from t`, 'may be read as a moment that moves'],
    ['select s::date from t', 'a moment that moves'],
    [`select ('to' || 'day')::date from t`, 'a moment that moves'],
    ['select date(s) from t', 'a moment that moves'],
    ['select s::tstzrange from t', 'a moment that moves'],
    ['select daterange(s) from t', 'a moment that moves'],
    ['select s::_date from t', 'a moment that moves'],
    [`select from t where at > 'today${' '.repeat(80)}'`, 'a moment that moves'],
    [
      `select jsonb_populate_record(t, '{}') from t`,
      'jsonb_populate_record may answer differently each time',
    ],
    [`select d from t, jsonb_to_record('{"d": "x"}') as x (d date)`, 'a moment that moves'],
    [`select nextval('counter') from t`, 'nextval may answer differently each time'],
    [`select table_to_xml('t', true, true, '')`, 'table_to_xml may answer differently each time'],
    ['select mine(id) from t', 'public.mine was not reviewed'],
    ['select t."of" from t', 't.of may be a call of a function'],
    ['select nobodys(id) from t', 'nobodys is no function that is known'],
    [`select 't'::regclass`, 'it casts to regclass'],
    [`select s::public.t from t`, 'it casts to public.t'],
    ['select from t natural join r', 'NATURAL'],
    ['select from (t join r on true) x', 'a name of its own'],
  ])('%s', (text, reason) => {
    expect(meaning.of(text)).toContain(reason);
  });

  it.each<[what: string, value: unknown]>([
    ['a text', 'yesterday'],
    ['a long one', `{yesterday,${'2020-01-01,'.repeat(10)}}`],
    ['an object that says it', { toPostgres: () => 'yesterday' }],
    ['an object with it', ['yesterday', Object('today')]],
  ])('a parameter that may be read as a moment that moves: %s', (_, value) => {
    expect(meaning.of('select from t where at > $1', [value])).toContain('moment that moves');
  });
});

describe('settings', () => {
  it.each<[text: string, outcome: string]>([
    [`select set_config('app.w', $1, true)`, 'settings'],
    [`set local app.w = 'a'`, 'settings'],
    ['set transaction isolation level serializable', 'settings'],
    [`set transaction snapshot '00000003-00000002-1'`, 'it alters the session'],
    [`set app.w = 'a'`, 'it alters the session'],
    [`select set_config('app.w', $1, false)`, 'it alters the session'],
    [`select set_config('app.w', $1, true) where false`, 'set_config may answer differently each time'],
    [`select public.set_config('app.w', $1, true)`, 'public.set_config is no function that is known'],
    ['set local search_path = other', 'it sets search_path'],
    [`set local role postgres`, 'it sets role'],
    ['set local row_security = off', 'it sets row_security'],
    ['set local standard_conforming_strings = off', 'it sets standard_conforming_strings'],
  ])('%s', (text, outcome) => {
    expect(meaning.of(text)).toContain(outcome);
  });

  it('PostgreSQL’s own are not compared, since it writes them anew', () => {
    const read = (name: string) =>
      meaning.of(`select from t where s = current_setting('${name}')`, [], { [name]: 'iso' });
    expect(read('app.style')).toEqual(t(`s=${hashed('iso')}`));
    expect(read('datestyle')).toEqual(t('any'));
  });
});
