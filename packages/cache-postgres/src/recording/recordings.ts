import { AsyncLocalStorage } from 'node:async_hooks';
import type { Recording } from './recording.ts';

/** The load that code is part of, if it is recorded. */
export const recordings = new AsyncLocalStorage<Recording>();
