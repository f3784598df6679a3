import { beforeEach, describe, expect, it } from 'vitest';
import { Breaker } from './breaker.ts';

let now: number;
let told: string[];
let breaker: Breaker;
beforeEach(() => {
  now = 0;
  told = [];
  breaker = new Breaker({
    clock: () => now,
    onChange: (state, reason) => told.push(`${state} ${String(reason)}`),
  });
});

/** The moments of the next so many milliseconds at which somebody may try; all of them fail. */
function tries(milliseconds: number): number[] {
  const tried: number[] = [];
  for (const end = now + milliseconds; now < end; now++) {
    if (!breaker.mayTry()) continue;
    tried.push(now);
    breaker.failed('again', breaker.recoveries);
  }
  return tried;
}

describe('a breaker', () => {
  it('lets everybody try while all is well', () => {
    breaker.succeeded();
    expect([breaker.mayTry(), breaker.mayTry(), breaker.away]).toEqual([true, true, false]);
    expect(told).toEqual([]);
  });

  it('lets one try after each pause, which are twice as long each time up to a quarter of a second', () => {
    breaker.failed('down', 0);
    const tried = tries(10_000);
    const pauses = tried.map((at, index) => at - (tried[index - 1] ?? 0));
    const [first = 0] = pauses;
    expect(pauses).toEqual(pauses.map((_, index) => Math.min(first * 2 ** index, 250)));
    expect(pauses.length).toBeGreaterThan(10);
  });

  it('tells each change once, whoever else fails or succeeds', () => {
    for (let caller = 0; caller < 100; caller++) breaker.failed('down', 0);
    tries(500);
    expect([told, breaker.away]).toEqual([['away down'], true]);
    for (let caller = 0; caller < 100; caller++) breaker.succeeded();
    expect([told, breaker.away]).toEqual([['away down', 'back undefined'], false]);
  });

  it('begins with the shortest pause again', () => {
    breaker.failed('down', 0);
    const [first = 0] = tries(5000);
    breaker.succeeded();
    const again = now;
    breaker.failed('down', breaker.recoveries);
    expect(tries(1000)[0]).toBe(again + first);
  });

  it('is not away again for what began before it came back and failed later', () => {
    const { recoveries } = breaker;
    breaker.failed('down', recoveries);
    breaker.succeeded();
    breaker.failed('a call that was lost then', recoveries);
    expect([told, breaker.away]).toEqual([['away down', 'back undefined'], false]);
    breaker.failed('down again', breaker.recoveries);
    expect(told.at(-1)).toBe('away down again');
  });
});
