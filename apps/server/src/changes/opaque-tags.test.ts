import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { OpaqueTags } from './opaque-tags.ts';

const byHand = ['everything', 'namespace', 'key'];
const outcome = (count: number) => [...Array.from({ length: count }, (_, i) => `tag ${i}`), ...byHand];

it('tells what an answer depends on, without what it is invalidated by by hand, and nothing of one with too many tags', () => {
  const tags = new OpaqueTags('secret', 'workspace', 'admin');
  expect(tags.textOf(outcome(2))).toBe(`${tags.of('tag 0')},${tags.of('tag 1')}`);
  expect(tags.textOf(outcome(400)).length).toBeLessThan(4000);
  expect(tags.textOf(outcome(401))).toBe('');
});

it('knows of each tag whether an answer of its workspace can depend on it', () => {
  const [ours, theirs] = [randomUUID(), randomUUID()];
  const tags = new OpaqueTags('secret', ours, 'admin');
  const all = [ours, theirs, '*', '47DEQpj8HBSa+/TImW+5JC'].map((whose) => `${whose}:data.people:any`);
  expect(all.filter((tag) => tags.mayBeHeld(tag))).toEqual(all.filter((tag) => !tag.startsWith(theirs)));
});
