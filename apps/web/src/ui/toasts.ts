import { createStore } from '../lib/store.ts';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'problem';
  readonly message: string;
  /** One thing to do about it, such as to undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The toasts on screen, oldest first. */
export const toasts = createStore<readonly Toast[]>([]);
let last = 0;

/**
 * Says what was done, or what could not be.
 * @example toast({ kind: 'done', message: t.deleted, action: { label: t.undo, run: restore } });
 */
export function toast(one: Omit<Toast, 'id'>): void {
  toasts.set([...toasts.get().slice(-2), { ...one, id: ++last }]);
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id));
}
