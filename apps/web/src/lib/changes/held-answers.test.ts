import type { Changed } from '@vif/contract/change-stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeldAnswers } from './held-answers.ts';

let answers: HeldAnswers;
beforeEach(() => {
  answers = new HeldAnswers();
});

/** What the socket has to be told, which it then is. */
function tell() {
  const untold = answers.untold();
  if (untold) answers.told(untold);
  return untold;
}
const outdated = () => [...answers.takeOutdated()];
const hear = (at: string, ...tags: string[]) => answers.heard({ at, tags });
const confirm = (at: string, ...tags: string[]) => answers.heard({ at, tags, held: true });
const refetch = (at: string): void => answers.heard({ at, refetch: true } satisfies Changed);

describe('what the socket is told', () => {
  it('is each tag once, since the oldest answer that has a new one', () => {
    hear('run.4');
    answers.answered('list', 'run.5 a,b');
    answers.answered('one', 'run.7 b,c');
    expect(tell()).toEqual({ since: 'run.5', hold: ['a', 'b', 'c'], drop: [] });
    expect(tell()).toBeUndefined();
    answers.answered('two', 'run.9 c,d');
    expect(tell()).toEqual({ since: 'run.9', hold: ['d'], drop: [] });
  });

  it('is what no answer has any more', () => {
    answers.answered('list', 'run.5 a,b');
    answers.answered('one', 'run.5 b,c');
    tell();
    answers.removed('one');
    expect(tell()).toEqual({ since: 'run.5', hold: [], drop: ['c'] });
    answers.answered('list', null);
    expect(tell()?.drop).toEqual(['a', 'b']);
  });

  it('is all of it after a new connection, since what was heard last', () => {
    answers.answered('list', 'run.5 a');
    tell();
    confirm('run.6');
    hear('run.20');
    answers.reconnected();
    expect(tell()).toEqual({ since: 'run.20', hold: ['a'], drop: [] });
  });

  it('is since before, where the socket had not said yet that it knew of the tags', () => {
    answers.answered('list', 'run.5 a');
    tell();
    hear('run.20');
    answers.reconnected();
    expect(tell()?.since).toBe('run.5');
  });

  it('is never more than a socket may hold', () => {
    const tags = (name: string) => Array.from({ length: 1500 }, (_, i) => `${name}${i}`).join();
    answers.answered('list', `run.5 ${tags('a')}`);
    answers.answered('one', `run.5 ${tags('b')}`);
    expect(tell()?.hold).toHaveLength(1500);
    answers.removed('list');
    expect(tell()).toMatchObject({ hold: { length: 1500 }, drop: { length: 1500 } });
  });
});

describe('an answer is outdated', () => {
  it('when one of its tags was bumped behind it, and until it is answered again', () => {
    answers.answered('list', 'run.5 a,b');
    answers.answered('one', 'run.5 c');
    hear('run.6', 'b');
    expect(outdated()).toEqual(['list']);
    expect(outdated()).toEqual([]);
    answers.answered('list', 'run.6 a,b');
    expect(outdated()).toEqual([]);
    hear('run.7', 'a');
    expect(outdated()).toEqual(['list']);
  });

  it('not by what it has in it, as when the page asked again after a save of its own', () => {
    answers.answered('list', 'run.5 a');
    hear('run.6', 'a');
    answers.answered('list', 'run.6 a');
    expect(outdated()).toEqual([]);
    hear('run.6', 'a');
    expect(outdated()).toEqual([]);
  });

  it('when it was on its way meanwhile', () => {
    answers.answered('list', 'run.5 a');
    hear('run.6', 'a');
    expect(outdated()).toEqual(['list']);
    answers.answered('list', 'run.5 a');
    expect(outdated()).toEqual(['list']);
  });

  it('when the bump of a new tag is told after another position was', () => {
    answers.answered('list', 'run.5 a');
    tell();
    hear('run.9');
    confirm('run.9', 'a');
    expect(outdated()).toEqual(['list']);
  });

  it('when changes may have been missed, and also one that was on its way then', () => {
    answers.answered('list', 'run.5 a');
    answers.answered('one', 'run.8 c');
    refetch('run.7');
    expect(outdated()).toEqual(['list']);
    answers.answered('list', 'run.6 a');
    expect(outdated()).toEqual(['list']);
    answers.answered('list', 'run.7 a');
    expect(outdated()).toEqual([]);
  });

  it('when it is of another run of the server, once, and then is held anew', () => {
    answers.answered('list', 'run.500 a');
    tell();
    confirm('run.500');
    hear('next.1');
    expect(outdated()).toEqual([]);
    answers.reconnected();
    expect(tell()?.since).toBe('run.500');
    refetch('next.1');
    expect(outdated()).toEqual(['list']);
    answers.answered('list', 'next.1 a');
    expect(outdated()).toEqual([]);
    answers.answered('list', 'third.1 a');
    expect(outdated()).toEqual([]);
    expect(tell()).toEqual({ since: 'third.1', hold: ['a'], drop: [] });
  });
});
