import type { EventEmitter } from 'node:events';
import type { Token } from '../authority.ts';
import type { MissReason } from './statistics.ts';

/** What a cache tells on `cache.events`, by name. Listeners run in the read itself: they are to be short. */
export interface CacheEvents {
  hit: [{ readonly key: string; readonly tier: string }];
  miss: [{ readonly key: string; readonly reason: MissReason }];
  /** A read found what a tier held outdated; another tier may still have a hit. */
  outdated: [{ readonly key: string; readonly token: Token }];
  /** A load ended; `took` in milliseconds. */
  loaded: [{ readonly key: string; readonly took: number; readonly error?: unknown }];
  /** A loaded value is not held: something it was read from was written meanwhile, the authority was away, it cannot be held, or what it depends on is not known. */
  unstored: [
    {
      readonly key: string;
      readonly why: 'overtaken' | 'unreachable' | 'unfit' | 'refused';
      readonly error?: unknown;
    },
  ];
  /** Somebody was given a value that had expired, since its load failed or took too long. */
  expired: [{ readonly key: string }];
  invalidated: [{ readonly tags: readonly string[] }];
  /** A tier or the authority is out of reach, or back. Once at each change; this is the line to log. */
  reach: [{ readonly part: string; readonly state: 'away' | 'back'; readonly reason?: unknown }];
}

/** Tells who listens. One that throws is warned of, and breaks no read. */
export function tell<Name extends keyof CacheEvents>(
  events: EventEmitter<CacheEvents>,
  name: Name,
  ...what: CacheEvents[Name]
): void {
  for (const listener of events.rawListeners(name)) {
    try {
      Reflect.apply(listener, events, what);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
