import type { Stored } from '../tier.ts';
import { type Guard, guarded } from './guarded.ts';

/** What hands out a value as its guard says, and why it cannot be held, as a function cannot be frozen nor written. */
export function fit<Value>(value: Value, guard: Guard): { handOut: () => Value; unfit: unknown } {
  try {
    return { handOut: guarded(value, guard), unfit: undefined };
  } catch (error) {
    return { handOut: () => value, unfit: error };
  }
}

/** An entry whose value is a copy each time, where the guard says so. */
export function handingOut<Value>(stored: Stored<Value>, handOut: () => Value): Stored<Value> {
  if (handOut() === stored.value) return stored;
  return Object.defineProperty({ ...stored }, 'value', { get: handOut, enumerable: true });
}

/** An entry that came from another tier and is the caller's own, guarded so that it may be held in memory for others. */
export function guardedAs<Value>(stored: Stored<Value>, guard: Guard): Stored<Value> {
  return handingOut(stored, fit(stored.value, guard).handOut);
}
