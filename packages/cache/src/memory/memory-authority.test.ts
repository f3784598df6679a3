import { describe, expect, it } from 'vitest';
import { MemoryAuthority } from './memory-authority.ts';

describe('the memory authority', () => {
  it('remembers a bounded number of tags, and of the rest how far they reached', () => {
    const small = new MemoryAuthority({ capacity: 2 });
    const early = { ...small.position(), tags: ['never bumped'] };
    small.bump(['a']);
    const late = { ...small.position(), tags: ['never bumped'] };
    small.bump(['b']);
    expect(small.check(early)).toBe('current');
    small.bump(['c']);
    expect(small.check(early)).toBe('forgotten');
    expect(small.check(late)).toBe('current');
    expect(small.check({ ...late, tags: ['a'] })).toBe('current');
    expect(small.check({ ...late, tags: ['c'] })).toBe('outdated');
  });
});
