import type { Virtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';

const page = 10;

function move(key: string, from: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(last, from + 1);
    case 'ArrowUp':
    case 'k':
      return Math.max(0, from - 1);
    case 'PageDown':
      return Math.min(last, from + page);
    case 'PageUp':
      return Math.max(0, from - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/**
 * One row of the list can be reached by Tab; the arrows (or j and k), Page, Home and End go from row to
 * row, and Enter follows the row's link as on any link.
 */
export function useRowKeys(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  container: React.RefObject<HTMLDivElement | null>,
  length: number,
) {
  const [active, setActive] = useState(0);
  const toFocus = useRef<number | null>(null);
  const inside = useRef(false);

  // A row that goes while it has the focus, restored or deleted, leaves it to the one that takes its place.
  // Nothing tells that its element went: only that nobody moved the focus elsewhere.
  useEffect(() => {
    if (!inside.current || document.activeElement !== document.body) return;
    container.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus({ preventScroll: true });
  });
  const onFocus = () => {
    inside.current = true;
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    inside.current = container.current?.contains(relatedTarget) ?? false;
  };

  // The row may only come to be drawn after the scrolling it took to reach it.
  useEffect(() => {
    if (toFocus.current === null) return;
    const link = container.current?.querySelector<HTMLElement>(`[data-row="${toFocus.current}"]`);
    if (!link) return;
    link.focus({ preventScroll: true });
    toFocus.current = null;
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = move(event.key, index, length - 1);
    if (next === undefined) return;
    event.preventDefault();
    toFocus.current = next;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  return { active: Math.min(active, Math.max(0, length - 1)), setActive, onKeyDown, onFocus, onBlur };
}
