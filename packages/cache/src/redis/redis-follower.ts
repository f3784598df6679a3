import type { Cluster, Redis } from 'ioredis';
import { Followers } from '../authorities/followers.ts';
import type { Position } from '../authority.ts';

export interface RedisFollowerOptions {
  /** Makes the one connection that hears, which does nothing else. */
  readonly connect: () => Redis | Cluster;
  readonly channel: string;
  /** Where the authority stands; undefined when it cannot be asked. */
  readonly position: () => Promise<Position | undefined>;
  readonly onError: (error: unknown) => void;
}

/** Between two questions where the authority stands, when the first had no answer, in milliseconds. */
const pause = 500;

/** How often the connection is asked whether it is one still, in milliseconds: one that died in silence says nothing. */
const beat = 10_000;

/**
 * Hears the bumps that all processes publish.
 * States: away (no connection, or its position is not known yet) → following → away; a message that does not
 * continue the one before it is a gap, after which it follows on from there.
 */
export class RedisFollower {
  readonly followers = new Followers();
  readonly #options: RedisFollowerOptions;
  #client: Redis | Cluster | undefined;
  #beating: ReturnType<typeof setInterval> | undefined;
  #at: Position | undefined;
  /** Counts connections, so that what was asked on one is not believed on the next. */
  #round = 0;

  constructor(options: RedisFollowerOptions) {
    this.#options = options;
  }

  get at(): Position | undefined {
    return this.#at;
  }

  start(): void {
    if (this.#client) return;
    const { connect, channel, onError } = this.#options;
    const client = connect();
    this.#client = client;
    // Subscribed to by hand at each connection: what was published before the position is asked is heard too.
    client.on('ready', () => {
      client.subscribe(channel).then(
        () => this.#locate(),
        (error: unknown) => {
          onError(error);
          if (client.status === 'ready') client.disconnect(true);
        },
      );
    });
    client.on('close', () => this.#lose());
    client.on('error', onError);
    client.on('message', (_channel: string, message: string) => this.#hear(message));
    this.#beating = setInterval(() => {
      if (client.status === 'ready') client.ping().catch(() => client.disconnect(true));
    }, beat).unref();
  }

  stop(): void {
    clearInterval(this.#beating);
    this.#client?.disconnect();
    this.#client = undefined;
    this.#lose();
  }

  /** Follows on from where the authority stands now. */
  async #locate(): Promise<void> {
    const round = ++this.#round;
    const position = await this.#options.position();
    if (round !== this.#round) return;
    if (position) this.#goOn(position);
    else setTimeout(() => round === this.#round && void this.#locate(), pause).unref();
  }

  #lose(): void {
    this.#round++;
    if (!this.#at) return;
    this.#at = undefined;
    this.followers.gap(undefined);
  }

  #goOn(at: Position): void {
    this.#at = at;
    this.followers.gap(at);
  }

  #hear(message: string): void {
    const heard = changeIn(message);
    const at = this.#at;
    if (!heard) return void this.#locate();
    if (!at) return; // the position that was asked for comes behind it
    const { epoch, sequence, tags } = heard;
    if (epoch === at.epoch && sequence <= at.sequence) return;
    if (epoch !== at.epoch || sequence !== at.sequence + tags.length) return this.#goOn({ epoch, sequence });
    this.#at = { epoch, sequence };
    this.followers.bumped(() => heard);
  }
}

/** What the bump's script publishes: `[epoch, sequence, tag, …]`. Anything else says that some were missed. */
function changeIn(message: string): (Position & { tags: string[] }) | undefined {
  try {
    const told: unknown = JSON.parse(message);
    if (!Array.isArray(told) || !told.every(isText)) return undefined;
    const [epoch, sequence, ...tags] = told;
    if (epoch === undefined || !Number.isSafeInteger(Number(sequence))) return undefined;
    return { epoch, sequence: Number(sequence), tags };
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
