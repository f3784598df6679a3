import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyValue } from '../testing/any-value.ts';
import { guarded } from './guarded.ts';

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

describe('a guarded value', () => {
  it('is exactly the value, however it is guarded', () => {
    fc.assert(
      fc.property(
        anyValue,
        fc.constantFrom('freeze' as const, 'copy' as const, 'as is' as const),
        (value, guard) => {
          const handOut = guarded(value, guard);
          expect(isDeepStrictEqual(handOut(), value)).toBe(true);
        },
      ),
    );
  });

  it('is frozen with all it holds, in circles too, and everybody gets the same', () => {
    const list = [{ name: 'one' }];
    const value: { list: object[]; self?: object } = { list };
    value.self = value;
    const handOut = guarded(value, 'freeze');
    expect(handOut()).toBe(handOut());
    expect(() => list.push({ name: 'two' })).toThrow(TypeError);
    expect(() => Object.assign(list[0] ?? {}, { name: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(value, { more: 1 })).toThrow(TypeError);
  });

  it.each([
    [new Map([['a', 1]])],
    [new Set([1])],
    [new Date(0)],
    [/a/g],
    [Buffer.from('a')],
    [new Float64Array(2)],
    [new Error('a')],
  ])('is copied when freezing would not keep it from being changed: %s', (part) => {
    const value = { part };
    const handOut = guarded(value, 'freeze');
    expect(Object.isFrozen(value)).toBe(false);
    expect(handOut()).not.toBe(handOut());
    expect(handOut().part).not.toBe(handOut().part);
    expect(handOut()).toStrictEqual({ part });
  });

  it('that is copied is changed by nobody: who gave it, nor who got it', () => {
    fc.assert(
      fc.property(anyValue.filter(isObject), (inner) => {
        const value = { inner, list: [1], bytes: Buffer.from('a') };
        const handOut = guarded(value, 'copy');
        const first = handOut();
        value.list.push(2);
        value.bytes[0] = 0;
        first.list.push(3);
        first.bytes[0] = 0;
        expect(handOut().inner).not.toBe(handOut().inner);
        expect([handOut().list, handOut().bytes.toString()]).toEqual([[1], 'a']);
      }),
    );
  });

  it('as is, is what was given, of whatever class', () => {
    const value = new URL('http://localhost');
    expect(guarded(value, 'as is')()).toBe(value);
    expect(() => guarded(value, 'freeze')).toThrow('value is an object of class URL');
  });
});
