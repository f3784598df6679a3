import type { Position, Tag, Verdict } from '../authority.ts';
import type { OpenedAuthority } from './opened-authority.ts';
import { positionOf } from './position-of.ts';

/** One call of an authority; a check is of the `nth` position taken so far, counted round. */
export type Step =
  | { readonly kind: 'position' }
  | { readonly kind: 'forget' }
  | { readonly kind: 'bump'; readonly tags: readonly Tag[] }
  | { readonly kind: 'check'; readonly nth: number; readonly tags: readonly Tag[] };

/** What an authority said of a token, and what one says who remembers everything. */
export interface Fate {
  readonly verdict: Verdict;
  readonly expected: Verdict;
  /** Tags bumped since the token's position, those bumped twice counted twice. */
  readonly bumpsSince: number;
}

interface Model {
  /** All tags bumped since the last loss of memory, oldest first. */
  bumped: Tag[];
  /** How often memory was lost. */
  losses: number;
}

/** An authority that keeps a list of everything and searches it. */
export function authorityModel(): Model {
  return { bumped: [], losses: 0 };
}

/** Takes the steps with the authority and the model, and gives every check's outcome. */
export async function* runOf(
  steps: readonly Step[],
  { authority, forget }: OpenedAuthority,
  model: Model,
): AsyncGenerator<Fate> {
  const taken: { position: Position; losses: number; length: number }[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case 'bump':
        await authority.bump(step.tags);
        model.bumped.push(...step.tags);
        break;
      case 'forget':
        await forget();
        model.bumped = [];
        model.losses++;
        break;
      case 'position':
        taken.push({
          position: await positionOf(authority),
          losses: model.losses,
          length: model.bumped.length,
        });
        break;
      case 'check': {
        const from = taken[step.nth % taken.length];
        if (!from) break;
        const verdict = await authority.check({ ...from.position, tags: step.tags });
        const since = model.bumped.slice(from.length);
        const known = since.some((tag) => step.tags.includes(tag)) ? 'outdated' : 'current';
        const expected = from.losses === model.losses ? known : 'forgotten';
        yield { verdict, expected, bumpsSince: since.length };
      }
    }
  }
}
