import { beforeEach, expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';

let cache: Cache<string>;
let signals: AbortSignal[];
let over: PromiseWithResolvers<string>[];
beforeEach(() => {
  cache = new Cache({ maxBytes: 1e6 });
  signals = [];
  over = [];
});

function read(signal?: AbortSignal) {
  return cache.read(
    'key',
    (loading) => {
      signals.push(loading.signal);
      const ending = Promise.withResolvers<string>();
      over.push(ending);
      return ending.promise;
    },
    signal && { signal },
  );
}
/** Until what is under way comes to a load. */
const turn = () => new Promise(setImmediate);

it('lets a reader leave with its reason while the load goes on for others', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const reads = [read(first.signal), read(second.signal), read()].map((one) => Promise.allSettled([one]));
  await turn();
  first.abort(new Error('first'));
  second.abort('second');
  expect(await reads[0]).toMatchObject([{ reason: { message: 'first' } }]);
  expect(await reads[1]).toEqual([{ status: 'rejected', reason: 'second' }]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  over[0]?.resolve('a');
  expect(await reads[2]).toMatchObject([{ value: { value: 'a', stored: true } }]);
  expect(cache.counters.misses.absent).toBe(3);
});

it('aborts the load only when all have left, and who comes then begins another', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const reads = Promise.allSettled([read(first.signal), read(second.signal)]);
  await turn();
  first.abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  second.abort();
  await turn();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect((await reads).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const later = read();
  await turn();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  over[1]?.resolve('b');
  expect(await later).toMatchObject({ value: 'b', stored: true });
  over[0]?.reject(signals[0]?.reason); // as a load does that heeds its signal
  await turn();
});

it('that was aborted before begins nothing', async () => {
  await expect(read(AbortSignal.abort('gone'))).rejects.toBe('gone');
  await turn();
  expect(signals).toEqual([]);
});

it('that is aborted before the load began keeps it from beginning', async () => {
  const memory = new MemoryAuthority();
  const arrived = Promise.withResolvers<void>();
  cache = new Cache({
    authority: {
      position: () => arrived.promise.then(() => memory.position()),
      check: (token) => memory.check(token),
      bump: (tags) => memory.bump(tags),
    },
  });
  const controller = new AbortController();
  const reading = Promise.allSettled([read(controller.signal)]);
  await turn();
  controller.abort('gone');
  expect(await reading).toEqual([{ status: 'rejected', reason: 'gone' }]);
  arrived.resolve();
  await turn();
  expect(signals).toEqual([]);
});

it('does not keep the load of a reader who waited too long from being stored', async () => {
  const controller = new AbortController();
  const load = Promise.withResolvers<string>();
  const options = { signal: controller.signal, hardTimeout: 1 };
  await expect(cache.read('key', () => load.promise, options)).rejects.toThrow('was not loaded within 1 ms');
  controller.abort();
  load.resolve('a');
  await turn();
  expect(await cache.get('key')).toBe('a');
});

it('of a load that ends after all have left is stored all the same: it is what it is', async () => {
  const controller = new AbortController();
  const reading = Promise.allSettled([read(controller.signal)]);
  await turn();
  controller.abort();
  await reading;
  over[0]?.resolve('a');
  await turn();
  expect(await cache.get('key')).toBe('a');
});

it('keeps no listener of readers who are served', async () => {
  const { signal } = new AbortController();
  const listening = { now: 0 };
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...of: Parameters<typeof add>) => {
    listening.now++;
    add(...of);
  };
  signal.removeEventListener = (...of: Parameters<typeof remove>) => {
    listening.now--;
    remove(...of);
  };
  const reads = Array.from({ length: 20 }, () => read(signal));
  await turn();
  expect(listening.now).toBe(20);
  over[0]?.resolve('a');
  await Promise.all(reads);
  await read(signal);
  expect(listening.now).toBe(0);
});
