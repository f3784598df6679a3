import { MemoryAuthority } from '@vif/cache';
import { describe, expect, it } from 'vitest';
import { ChangeLog } from './change-log.ts';

const sequencesSince = (log: ChangeLog, at: string) => log.since(at)?.map(({ sequence }) => sequence);

function opened(limits = { most: 8, characters: 1000 }) {
  const authority = new MemoryAuthority();
  const log = new ChangeLog(authority, limits);
  const heard: (string | undefined)[] = [];
  log.listen((logged) => heard.push(logged?.tags.join()));
  return { authority, log, heard, start: log.at ?? '' };
}

describe('the log of changes', () => {
  it('knows what was bumped since each position', () => {
    const { authority, log, heard, start } = opened();
    authority.bump(['a']);
    const between = log.at ?? '';
    authority.bump(['b', 'c']);
    expect(heard).toEqual(['a', 'b,c']);
    expect(sequencesSince(log, start)).toEqual([1, 2]);
    expect(sequencesSince(log, between)).toEqual([2]);
    expect(sequencesSince(log, log.at ?? '')).toEqual([]);
  });

  it('lets the oldest go, by number and by length, and then no longer knows', () => {
    for (const limits of [
      { most: 8, characters: 1000 },
      { most: 1000, characters: 80 },
    ]) {
      const { authority, log, start } = opened(limits);
      const positions = [start];
      for (let i = 0; i < 40; i++) {
        authority.bump([`tag ${String(i).padStart(6, '0')}`]);
        positions.push(log.at ?? '');
        positions.forEach((position, sequence) => {
          const all = Array.from({ length: i + 1 - sequence }, (_, n) => sequence + n + 1);
          const known = sequencesSince(log, position);
          expect(known ?? all).toEqual(all);
          expect(known !== undefined || i - sequence > 3).toBe(true);
        });
      }
      expect(log.since(start)).toBeUndefined();
    }
  });

  it('forgets at a gap, and says so', () => {
    const { authority, log, heard, start } = opened();
    authority.bump(['a']);
    authority.forget();
    expect(log.since(start)).toBeUndefined();
    expect(log.since(log.at ?? '')).toEqual([]);
    expect(heard).toEqual(['a', undefined]);
  });

  it('knows nothing where nothing can be followed, nor of a position that is none', () => {
    const nowhere = new ChangeLog({});
    expect(nowhere.at).toBeUndefined();
    expect(nowhere.since('aaaaaaaa.0')).toBeUndefined();
    const { log, start } = opened();
    for (const odd of ['', '.', start.slice(0, 9), `${start.slice(0, 9)}x`, 'aaaaaaaa.0'])
      expect(log.since(odd) ?? []).toEqual([]);
  });
});
