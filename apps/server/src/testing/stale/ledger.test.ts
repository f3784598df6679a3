import { beforeEach, expect, it } from 'vitest';
import { StaleLedger } from './ledger.ts';

let ledger: StaleLedger;
beforeEach(() => {
  ledger = new StaleLedger();
  ledger.open('name', 'one');
});

it('finds a read stale that shows what an acknowledged write replaced', () => {
  ledger.acknowledge(ledger.begin('name', 'two'));
  const look = ledger.look(0);
  expect(look.possible('name')).toEqual(['two']);
  expect(look.possible('name')).not.toContain('one');
});

it('lets a read show either while the write is not acknowledged', () => {
  const write = ledger.begin('name', 'two');
  const early = ledger.look(0);
  ledger.acknowledge(write);
  expect(early.possible('name'), 'began before the acknowledgement').toEqual(['one', 'two']);
  expect(ledger.look(0).possible('name')).toEqual(['two']);
});

it('lets a read show what was written while it was under way', () => {
  const look = ledger.look(0);
  ledger.acknowledge(ledger.begin('name', 'two'));
  ledger.acknowledge(ledger.begin('name', 'three'));
  expect(look.possible('name')).toEqual(['one', 'two', 'three']);
});

it('does not let a read show what nobody has written yet, or what was refused', () => {
  const write = ledger.begin('name', 'refused');
  const look = ledger.look(0);
  ledger.refuse(write);
  expect(look.possible('name')).toEqual(['one']);
});

it('goes by the newest that was acknowledged, in whatever order the acknowledgements came', () => {
  const [second, third] = [ledger.begin('name', 'two'), ledger.begin('name', 'three')];
  ledger.acknowledge(third);
  ledger.acknowledge(second);
  expect(ledger.look(0).possible('name')).toEqual(['three']);
});

it('holds reads to a promise from its moment on', () => {
  ledger.promise(ledger.begin('name', 'two'), 1000);
  expect(ledger.look(999).possible('name')).toEqual(['one', 'two']);
  expect(ledger.look(1000).possible('name')).toEqual(['two']);
});

it('goes back to a state that was there before', () => {
  ledger.acknowledge(ledger.begin('name', 'two'));
  ledger.acknowledge(ledger.begin('name', 'one'));
  expect(ledger.look(0).possible('name')).toEqual(['one']);
});

it('says nothing about what it does not keep, and lists what it keeps', () => {
  ledger.open('place of a', 'live');
  ledger.open('place of b', 'live');
  const look = ledger.look(0);
  expect(look.possible('city')).toBeUndefined();
  expect(look.registers('place of ')).toEqual(['place of a', 'place of b']);
  expect(() => ledger.begin('city', 'Lyon')).toThrow('Nothing is kept about city');
});
