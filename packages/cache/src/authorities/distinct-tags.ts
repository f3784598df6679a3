import type { Tag } from '../authority.ts';

/**
 * Tags that a caller gave, each once. One text is one tag: taken apart, its letters would be bumped in its place.
 * @throws {TypeError} for what is no list of texts: a write that changed unknown things may not pass as one that changed none
 */
export function distinctTags(given: Iterable<Tag>): ReadonlySet<Tag> {
  if (typeof given === 'string') return new Set([given]);
  const untyped: unknown = given;
  if (typeof untyped !== 'object' || untyped === null || !(Symbol.iterator in untyped))
    throw new TypeError(`What was changed is a list of tags, not ${String(untyped)}.`);
  const tags = new Set(given);
  for (const tag of tags)
    if (typeof tag !== 'string') throw new TypeError(`A tag is a text, not ${String(tag)}.`);
  return tags;
}
