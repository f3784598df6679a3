import type { Position, Verdict } from '../authority.ts';

const verdicts: ReadonlySet<string> = new Set<Verdict>(['current', 'outdated', 'forgotten']);

/**
 * What a script answered as a list.
 * @throws {Error} for anything else
 */
export function listIn(answer: unknown): readonly unknown[] {
  if (!Array.isArray(answer)) throw unexpected(answer);
  return answer;
}

/** @throws {Error} for what does not begin with a position */
export function positionIn(answer: unknown): Position {
  const [epoch, sequence] = listIn(answer);
  if (!Buffer.isBuffer(epoch) || typeof sequence !== 'number') throw unexpected(answer);
  return { epoch: epoch.toString(), sequence };
}

/** @throws {Error} for what is not so many verdicts */
export function verdictsIn(answer: unknown, count: number): readonly Verdict[] {
  const words = listIn(answer).map(String);
  if (words.length !== count || !words.every(isVerdict)) throw unexpected(answer);
  return words;
}

function isVerdict(word: string): word is Verdict {
  return verdicts.has(word);
}

function unexpected(answer: unknown): Error {
  return new Error(
    `Redis answered ${JSON.stringify(answer).slice(0, 200)}, which is no answer of the cache's scripts: see that nothing stands between them that changes answers.`,
  );
}
