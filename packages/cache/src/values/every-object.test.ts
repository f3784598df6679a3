import { describe, expect, it } from 'vitest';
import { encode } from './encoded.ts';

class Money {
  amount = 12n;
}
class Registry extends Map {}
class NotFound extends Error {}

const loop: object[] = [];
for (let level = 0, inner = loop; level < 2000; level++) inner.push((inner = []));

describe('a value that would come back as something else', () => {
  it.each<[string, unknown]>([
    ['value is a function', () => 1],
    ['value.orders[2].total is a function', { orders: [1, 2, { total: () => 12 }] }],
    ['value["a b"][0] is a symbol', { 'a b': [Symbol('s')] }],
    [
      'value (value 1).x is an object of class Promise',
      new Map<unknown, unknown>([
        [1, 2],
        [3, { x: Promise.resolve() }],
      ]),
    ],
    ['value (key 0) is an object of class Money', new Map([[new Money(), 1]])],
    ['value (member 0) is an object of class Registry', new Set([new Registry()])],
    ['value.error is an object of class NotFound', { error: new NotFound() }],
    ['value is an object of class AggregateError', new AggregateError([])],
    ['value is an Error with a property of its own (code)', Object.assign(new Error('x'), { code: 'X' })],
    [
      'value is an Error with a property of its own (name)',
      Object.assign(new Error('x'), { name: 'TypeError' }),
    ],
    ['value is an object of class no name', Object.create({ constructor: undefined })],
    ['value.cause is a function', new Error('x', { cause: () => 1 })],
    ['value is an object of class URL', new URL('http://localhost')],
    ['value is an object of class WeakMap', new WeakMap()],
    ['value is an object of class Map', Object.create(Map.prototype)],
    ['value is an object of class Symbol', Object(Symbol('s'))],
    ['value is an object of class List', new (class List extends Array {})()],
    [
      'value.x is an accessor',
      {
        get x() {
          return 1;
        },
      },
    ],
    ['value.x is a hidden property', Object.defineProperty({}, 'x', { value: 1 })],
    ['value is an object with a symbol for a property', { [Symbol('s')]: 1 }],
    ['value is an object with added properties', Object.assign(new Date(), { zone: 'UTC' })],
    ['value is a RegExp whose lastIndex is not 0', Object.assign(/a/g, { lastIndex: 1 })],
    ['value is resizable memory', new ArrayBuffer(1, { maxByteLength: 2 })],
    ['value.buffer is resizable memory', new Uint8Array(new ArrayBuffer(1, { maxByteLength: 2 }))],
    ['value is an object of class SharedArrayBuffer', new SharedArrayBuffer(1)],
    ['value is a Proxy', new Proxy({}, {})],
    ['is more than 1000 levels down', loop],
  ])('is refused: %s', (message, value) => {
    expect(() => encode(value)).toThrow(TypeError);
    expect(() => encode(value)).toThrow(`${message}: only data can be cached`);
  });

  it('is refused although only V8 notices', () => {
    const memory = new ArrayBuffer(8);
    structuredClone(memory, { transfer: [memory] });
    expect(() => encode({ memory })).toThrow('V8 cannot write it');
  });
});
