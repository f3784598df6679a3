import { expect, it } from 'vitest';
import type { Authority, Change, Position } from '../authority.ts';
import type { OpenedAuthority } from './opened-authority.ts';
import { positionOf } from './position-of.ts';

/** What a follower was told, and whoever waits for more of it. */
class Heard {
  readonly told: (Change | { gap: Position | undefined })[] = [];
  #wake: () => void = () => undefined;

  follow(authority: Authority): () => void {
    const tell = (one: Heard['told'][number]) => {
      this.told.push(one);
      this.#wake();
    };
    return (
      authority.follow?.({ onBump: tell, onGap: (at) => tell({ gap: at }) }) ??
      expect.unreachable('It cannot be followed.')
    );
  }

  async until(holds: (told: Heard['told']) => boolean): Promise<void> {
    while (!holds(this.told)) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  get changes(): Change[] {
    return this.told.filter((one) => 'tags' in one);
  }

  /** Resolves when it follows. */
  begun = () => this.until((told) => told.some((one) => 'gap' in one && one.gap !== undefined));
}

/** The cases of `Authority.follow`, for authorities that have it. */
export function followingContract(fresh: (capacity?: number) => Promise<OpenedAuthority>): void {
  it('is told of each bump once, in order, and where it left the authority', async () => {
    const { authority } = await fresh();
    const heard = new Heard();
    const stop = heard.follow(authority);
    await heard.begun();
    const after: Position[] = [];
    for (const tags of [['a', 'b'], ['a'], ['é\0"\n🙂', '\\']]) {
      await authority.bump(tags);
      after.push(await positionOf(authority));
    }
    await authority.bump([]);
    await heard.until(() => heard.changes.length >= 3);
    expect(heard.changes.map(({ tags }) => tags)).toEqual([['a', 'b'], ['a'], ['é\0"\n🙂', '\\']]);
    expect(heard.changes.map(({ epoch, sequence }) => ({ epoch, sequence }))).toEqual(after);
    expect(heard.told.filter((one) => 'gap' in one && one.gap)).toHaveLength(1);
    stop();
  });

  it('begins with where the authority stands: of what was bumped before nothing is told', async () => {
    const { authority } = await fresh();
    await authority.bump(['before']);
    const heard = new Heard();
    const stop = heard.follow(authority);
    await heard.begun();
    expect(heard.told.at(-1)).toEqual({ gap: await positionOf(authority) });
    await authority.bump(['after']);
    await heard.until(() => heard.changes.length > 0);
    expect(heard.changes.map(({ tags }) => tags)).toEqual([['after']]);
    stop();
  });

  it('is told of a gap when the authority lost its memory', async () => {
    const { authority, forget } = await fresh();
    const heard = new Heard();
    const stop = heard.follow(authority);
    await heard.begun();
    await authority.bump(['a']);
    await heard.until(() => heard.changes.length === 1);
    const { length } = heard.told;
    await forget();
    await authority.bump(['b']);
    const { epoch } = await positionOf(authority);
    await heard.until((told) => told.slice(length).some((one) => 'gap' in one && one.gap?.epoch === epoch));
    await authority.bump(['c']);
    await heard.until(() => heard.changes.at(-1)?.tags[0] === 'c');
    expect(heard.changes.at(-1)?.epoch).toBe(epoch);
    stop();
  });

  it('is told of every tag of a bump, however many', async () => {
    const { authority } = await fresh(20_000);
    const heard = new Heard();
    const stop = heard.follow(authority);
    await heard.begun();
    const tags = Array.from({ length: 12_000 }, (_, i) => `tag ${i}`);
    await authority.bump(tags);
    await heard.until(() => heard.changes.flatMap((change) => change.tags).length >= tags.length);
    expect(heard.changes.flatMap((change) => change.tags)).toEqual(tags);
    stop();
  });

  it('that left is told nothing, the others are', async () => {
    const { authority } = await fresh();
    const [gone, left] = [new Heard(), new Heard()];
    const stops = [gone.follow(authority), left.follow(authority)];
    await Promise.all([gone.begun(), left.begun()]);
    stops[0]?.();
    await authority.bump(['a']);
    await left.until(() => left.changes.length === 1);
    expect(gone.changes).toEqual([]);
    stops[1]?.();
  });
}
