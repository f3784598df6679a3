import { expect, it } from 'vitest';
import { columnsOf, nextSort, type RecordColumn } from './record-column.ts';
import { pagesOf } from './use-record-pages.ts';

const column = (id: string, shown = false): RecordColumn<unknown> => ({
  id,
  label: id,
  width: 100,
  shown,
  cell: () => id,
});
const all = [column('name'), column('city', true), column('phone'), column('owner', true)];
const ids = (named: string | undefined) => columnsOf(all, named).map(({ id }) => id);

it('shows the usual columns where the address names none', () => {
  expect(ids(undefined)).toEqual(['name', 'city', 'owner']);
});

it('shows the columns an address names, in its order, the record’s name always first', () => {
  expect(ids('phone,city')).toEqual(['name', 'phone', 'city']);
  expect(ids('city,name')).toEqual(['name', 'city']);
  expect(ids('name')).toEqual(['name']);
});

it('passes over what an old or mistyped address names twice or in vain', () => {
  expect(ids('phone,nothing,phone,__proto__')).toEqual(['name', 'phone']);
});

it('sorts up, then down, then as usual', () => {
  expect(nextSort('city', 'name')).toBe('name');
  expect(nextSort('name', 'name')).toBe('-name');
  expect(nextSort('-name', 'name')).toBeUndefined();
});

it('asks for the pages that hold the rows in view', () => {
  expect(pagesOf(0, 99)).toEqual([1]);
  expect(pagesOf(99, 100)).toEqual([1, 2]);
  expect(pagesOf(120_000, 120_040)).toEqual([1201]);
  expect(pagesOf(-5, 0)).toEqual([1]);
});
