import { createStore } from './store.ts';

/** Milliseconds between two looks whether the server is back. */
const interval = 3_000;

const reachable = createStore(true);
let timer: ReturnType<typeof setTimeout> | undefined;

async function look(): Promise<void> {
  timer = undefined;
  const answer = await fetch('/health').catch(() => null);
  if (answer) connection.found();
  else timer = setTimeout(look, interval);
}

/**
 * Whether the server answers. What tells is the last request, not the browser's idea of being online: Vif
 * may run on this very machine.
 */
export const connection = {
  store: reachable,
  /** A request got no answer: says so and looks every few seconds until one does. */
  lost(): void {
    reachable.set(false);
    timer ??= setTimeout(look, interval);
  },
  found(): void {
    if (timer) clearTimeout(timer);
    timer = undefined;
    reachable.set(true);
  },
};
