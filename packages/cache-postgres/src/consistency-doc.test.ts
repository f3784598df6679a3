import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Meaning, meaningIn } from './testing/meaning-of.ts';

const schema = `
  create schema shop;
  create table shop.customers (id integer primary key, name text);
  create type shop.span as range (subtype = integer);
  create table shop.orders (
    id integer primary key, customer integer, article text, weight numeric, made timestamptz
  );
  create table shop.untracked (id integer);
  create type shop.pair as (id integer, other integer);
  create table shop.composites (shop_row shop.pair);
  create materialized view shop.materialised as select id from shop.orders;
  create view shop.one_customers as select id, customer, article from shop.orders where weight > 1;
  create table shop.tenants_notes (tenant integer not null, body text);
  create function shop.mine(integer) returns integer language sql stable as 'select 1';
  create function shop.same(integer, integer) returns boolean language sql immutable as 'select $1 = $2';
  create operator === (leftarg = integer, rightarg = integer, function = shop.same);
`;
const track = `
  select vif_cache.track('shop.orders', null, 'id', 'customer'), vif_cache.track('shop.customers', null, 'id'),
    vif_cache.track('shop.composites'), vif_cache.track('shop.tenants_notes', 'tenant')
`;

const document = readFileSync(join(import.meta.dirname, '../../../docs/consistency.md'), 'utf8');
const [, narrowing = '', refusals = ''] = document.split('<!-- checked by');
const narrowed = rowsOf(narrowing);
const reasons = rowsOf(refusals);

/** For what the parser does not give, and the frame of all others. */
const nobodys = ['it joins nothing', '… is no expression', '… (…)'];

let meaning: Meaning;
beforeAll(async () => {
  meaning = await meaningIn(schema, track);
});
afterAll(() => meaning.stop());

describe('docs/consistency.md says what a load depends on', () => {
  it.each(narrowed)('$first', ({ first, others }) => {
    expect(meaning.of(first)).toEqual(others.map((tag) => `*:${tag}`).toSorted());
  });

  it('of enough statements', () => expect(narrowed.length).toBeGreaterThan(15));
});

describe('docs/consistency.md says why it is not kept', () => {
  const examples = reasons.flatMap(({ first, others }) => others.map((sql) => ({ reason: first, sql })));
  it.each(examples)('$reason: $sql', ({ reason, sql }) => {
    const said = meaning.of(sql);
    const parts = reason.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(typeof said === 'string' ? said : `depends on ${said.join()}`).toMatch(
      new RegExp(`^${parts.join('.+')}$`, 's'),
    );
  });

  it('with every reason that there is in the code, and no other', () => {
    expect(reasons.map(({ first }) => first).toSorted()).toEqual([...reasonsInCode()].toSorted());
  });
});

/** Of a table, the code in each row. */
function rowsOf(part: string): { first: string; others: string[] }[] {
  const lines = part.split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) => {
    const [first = '', ...others] = [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
    return { first, others };
  });
}

/** What `refuse` is called with, and other texts that begin as reasons do. */
function reasonsInCode(): Set<string> {
  const folders = [
    'dependencies/*.ts',
    'recording/*.ts',
    'catalogue/read-catalogue.ts',
    'pool/tracked-client.ts',
  ];
  const found = new Set<string>();
  for (const file of globSync(folders, { cwd: import.meta.dirname })) {
    if (file.endsWith('.test.ts')) continue;
    const code = readFileSync(join(import.meta.dirname, file), 'utf8').replaceAll(
      /^\s*(?:\/?\*|\/\/).*$/gm,
      '',
    );
    const called = /(?:refuse|Refusal)\(\s*(?:'([^']*)'|`([^`]*)`)/g;
    const others = /'((?:it|its|the) [^'\n]*)'|`((?:it|its|the) [^`\n]*)`/g;
    for (const pattern of [called, others])
      for (const [, quoted, template] of code.matchAll(pattern))
        found.add((quoted ?? template ?? '').replaceAll(/\$\{[^}]*\}/g, '…').replaceAll('….…', '…'));
  }
  for (const one of nobodys) found.delete(one);
  return found;
}
