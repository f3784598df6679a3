import { createStore } from '../../lib/store.ts';

const key = 'vif-compact-rows';
const roomy = 40;
const compact = 32;

function remembered(): number {
  try {
    return localStorage.getItem(key) ? compact : roomy;
  } catch {
    return roomy;
  }
}

const store = createStore(remembered());

/** How high the rows of lists are, in pixels; a person's choice, kept in their browser. */
export const rowHeight = {
  store,
  /** Two lines on a phone. */
  narrow: 60,
  head: 36,
  isCompact: (height: number) => height === compact,
  setCompact(yes: boolean): void {
    try {
      if (yes) localStorage.setItem(key, '1');
      else localStorage.removeItem(key);
    } catch {
      // It then lasts as long as this page.
    }
    store.set(yes ? compact : roomy);
  },
};
