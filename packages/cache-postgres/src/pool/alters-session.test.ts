import { describe, expect, it } from 'vitest';
import { altersSession } from './alters-session.ts';

describe('a session is altered by', () => {
  it.each([
    'set search_path = b',
    "set time zone 'UTC'",
    '/* request 12 */ set search_path = b',
    '-- x\nset search_path = b',
    'select 1; set search_path = b',
    'set session characteristics as transaction isolation level serializable',
    `update pg_settings set setting = 'b' where name = 'search_path'`,
    'reset all',
    'discard all',
    'create temp table t (a int)',
    'create or replace temp view orders as select 1',
    'select 1 as a into temporary t',
    'create table pg_temp.t (a int)',
    "select set_config('search_path', 'b', false), coalesce(x, true)",
    "select set_config('search_path', 'b', $1)",
    'do $$ begin set search_path = b; end $$',
    'call p()',
    'set nonsense (',
  ])('%s', (text) => expect(altersSession(text)).toBe(true));
});

describe('it is left as it was by', () => {
  it.each([
    'update t set a = 1',
    'insert into t values (1) on conflict (a) do update set a = 2',
    "select set_config('vif.workspace', $1, true)",
    'set local search_path = b',
    'set transaction read only',
    'set constraints all deferred',
    "select 'set temp do call'",
    'select temp from weather',
  ])('%s', (text) => expect(altersSession(text)).toBe(false));

  it('a long batch of values that hold such words', () => {
    const values = Array.from({ length: 1000 }, () => "('a set of keys, do call')").join();
    expect(altersSession(`insert into t values ${values}`)).toBe(false);
    expect(altersSession(`insert into t values ${values}; select set_config('a', 'b', false)`)).toBe(true);
  });
});
