import { randomUUID } from 'node:crypto';
import { distinctTags } from '../authorities/distinct-tags.ts';
import type { Authority, Following, Position, Tag, Token, Verdict } from '../authority.ts';
import { bumpScript, checkScript, positionScript } from './authority-scripts.ts';
import { Batches } from './batches.ts';
import { positionIn, verdictsIn } from './redis-answers.ts';
import type { RedisConnection } from './redis-connection.ts';
import { RedisFollower } from './redis-follower.ts';
import { RedisScript } from './redis-script.ts';

export interface RedisAuthorityOptions {
  readonly connection: RedisConnection;
  /** The one key that holds it. Who shares it shares the authority. */
  readonly key: string;
  /** How many bumps of a tag it remembers; a token from before them is forgotten. The last who bumped decides. */
  readonly capacity?: number;
}

/**
 * How many tags one script bumps: 5,000 take 90 to 180 ms, in which Redis does nothing else. Of 50,000 no answer comes within
 * the timeout, and each further attempt holds everybody up again.
 */
const mostTags = 5000;

/** What the protocol adds to each argument, about: many short tags are long, too. Bytes. */
const framing = 10;

const position = new RedisScript(positionScript);
const check = new RedisScript(checkScript);
const bump = new RedisScript(bumpScript);

/**
 * The authority of several processes, in one hash of a Redis. Whatever takes that hash away (an eviction, a FLUSHALL, a
 * restart with an old dump, another master) begins a new epoch. While Redis cannot be asked nothing waits longer than
 * the timeout, and it is asked again as soon as it can be. Tokens checked in one turn of the event loop are checked in
 * one round trip.
 *
 * Redis copies to its replicas after it answered. Where one is promoted that had not got a bump yet, its tokens are
 * forgotten with the new epoch; but processes that still reach the old master believe it, unless that has
 * `min-replicas-to-write 1`.
 */
export class RedisAuthority implements Authority {
  readonly #connection: RedisConnection;
  readonly #key: string;
  readonly #capacity: number;
  /** Where its bumps are published: beside the key, and no key itself. */
  readonly #channel: string;
  readonly #follower: RedisFollower;
  readonly #checks = new Batches((tokens: readonly Token[]) => this.#checkAll(tokens));

  constructor({ connection, key, capacity = 100_000 }: RedisAuthorityOptions) {
    this.#connection = connection;
    this.#key = key;
    this.#capacity = capacity;
    this.#channel = `${key}:bumps`;
    this.#follower = new RedisFollower({
      connect: () => connection.another(),
      channel: this.#channel,
      position: () => this.position(),
      onError: (error) => connection.report(error),
    });
  }

  async position(): Promise<Position | undefined> {
    try {
      return positionIn(await this.#connection.run(position, [this.#key], [randomUUID()]));
    } catch (error) {
      this.#connection.report(error);
      return undefined;
    }
  }

  check(token: Token): Promise<Verdict> {
    const { epoch, tags } = token;
    const bytes = tags.reduce((sum, tag) => sum + framing + tag.length, framing + epoch.length);
    return this.#checks.ask(token, token, bytes);
  }

  /** At one moment up to five thousand tags; of more the rest follows, and no position is given. */
  async bump(tags: Iterable<Tag>): Promise<Position | undefined> {
    const changed = [...distinctTags(tags)];
    if (changed.length === 0) return this.position();
    let after: Position | undefined;
    for (let from = 0; from < changed.length; from += mostTags)
      after = await this.#bumpSome(changed.slice(from, from + mostTags));
    return changed.length <= mostTags ? after : undefined;
  }

  async #bumpSome(tags: readonly Tag[]): Promise<Position> {
    try {
      const values = [randomUUID(), this.#capacity, this.#channel, ...tags];
      return positionIn(await this.#connection.run(bump, [this.#key], values));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const words = `The authority in Redis could not be told of a write, which may not be acknowledged: ${reason}. See that Redis answers, is the master and has memory left.`;
      throw new Error(words, { cause });
    }
  }

  /**
   * Begins a new epoch: every token given so far is forgotten. For when bumps may have been missed.
   * @throws {Error} when Redis cannot be told
   */
  async forget(): Promise<void> {
    const { client } = this.#connection;
    await client.unlink(this.#key);
    // Whatever was missed has no bump of its own to be heard of.
    await client.publish(this.#channel, 'forgotten');
  }

  /** On a connection of its own, from the first who follows to the last. */
  follow(following: Following): () => void {
    const { followers } = this.#follower;
    const leave = followers.add(following, this.#follower.at);
    this.#follower.start();
    return () => {
      leave();
      if (followers.size === 0) this.#follower.stop();
    };
  }

  async #checkAll(tokens: readonly Token[]): Promise<readonly Verdict[]> {
    const values = tokens.flatMap(({ epoch, sequence, tags }) => [epoch, sequence, tags.length, ...tags]);
    try {
      return verdictsIn(await this.#connection.run(check, [this.#key], values), tokens.length);
    } catch (error) {
      this.#connection.report(error);
      return tokens.map(() => 'unreachable');
    }
  }
}
