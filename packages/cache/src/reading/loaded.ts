import type { Position, Tag } from '../authority.ts';
import { weightOf } from '../memory/weight.ts';
import type { Stored } from '../tier.ts';
import { fit, handingOut } from '../values/guarded-entry.ts';
import { defaultGuard, defaultTtl, type ReadOptions } from './read-options.ts';

/** What a load gave, as the cache takes it. */
export interface Loaded<Value> {
  /** Gives the value, each time as its guard says. */
  readonly handOut: () => Value;
  readonly tags: readonly Tag[];
  /** Milliseconds; 0: not to be held. */
  readonly ttl: number;
  readonly keep: (position: Position, namespace: string, now: number) => Stored<Value>;
  /** Why it cannot be held, as a function cannot be frozen nor written. */
  readonly unfit: unknown;
  /** Why what it depends on is not known. */
  readonly refused: string | undefined;
}

/** What was gathered about a value while it was loaded: said by its load, recorded, and inherited from what that read. */
export interface Gathered {
  readonly tags: Tag[];
  /** How long it may be used at most, in milliseconds. */
  longest: number;
  /** Why what it depends on is not known; undefined where it is. */
  refused?: string | undefined;
}

/** @param implied tags by which it is invalidated by hand */
export function loadedOf<Value>(
  value: Value,
  options: ReadOptions<Value>,
  gathered: Gathered,
  implied: readonly Tag[],
): Loaded<Value> {
  const { tags = [], guard = defaultGuard, bytes, grace = 0 } = options;
  const given = typeof tags === 'function' ? tags(value) : tags;
  const all = [...given, ...gathered.tags, ...implied];
  if (typeof given === 'string' || all.some((tag) => typeof tag !== 'string'))
    throw new TypeError('Tags are a list of texts: what carries another would never be invalidated.');
  const ttl = Math.min(gathered.longest, ttlOf(value, options));
  const { handOut, unfit } = fit(value, guard);
  const weight = ttl > 0 && unfit === undefined ? weighed(value, bytes) : { bytes: 0 };
  const useless = Number.isNaN(ttl) ? new RangeError('Its time to live is not a number.') : undefined;
  const why = useless ?? (ttl > 0 ? (unfit ?? weight.unfit) : undefined);
  return {
    handOut,
    unfit: why,
    refused: gathered.refused,
    tags: all,
    ttl: why === undefined && gathered.refused === undefined && ttl > 0 ? ttl : 0,
    keep: (position, namespace, now) => {
      const stored: Stored<Value> = {
        value,
        token: { ...position, tags: all },
        namespace,
        storedAt: now,
        expires: now + ttl,
        keptUntil: now + ttl + grace,
        bytes: weight.bytes,
      };
      return handingOut(stored, handOut);
    },
  };
}

function ttlOf<Value>(value: Value, options: ReadOptions<Value>): number {
  const { ttl = defaultTtl, absentTtl, jitter = 0, skipIf } = options;
  if (skipIf?.(value)) return 0;
  const whole =
    absentTtl !== undefined && (value === undefined || value === null)
      ? absentTtl
      : typeof ttl === 'function'
        ? ttl(value)
        : ttl;
  return whole * (1 - jitter * Math.random());
}

function weighed<Value>(
  value: Value,
  given: ReadOptions<Value>['bytes'],
): { bytes: number; unfit?: unknown } {
  try {
    const bytes = typeof given === 'function' ? given(value) : (given ?? weightOf(value));
    if (bytes >= 0) return { bytes };
    throw new RangeError(`It takes ${String(bytes)} bytes, says its option: give a number from 0 on.`);
  } catch (error) {
    return { bytes: 0, unfit: error };
  }
}
