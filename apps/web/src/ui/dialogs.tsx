import { type ComponentType, createElement } from 'react';
import { language } from '../lib/language/language.ts';
import { loadPart } from '../lib/load-part.ts';
import { createStore, useStore } from '../lib/store.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { toast } from './toasts.ts';

/** What a dialog gets beside its own props. */
export interface DialogProps<Result> {
  readonly opened: boolean;
  /** Closes it; without a result it was dismissed. */
  readonly close: (result?: Result) => void;
}

interface Shown {
  readonly id: number;
  readonly opened: boolean;
  readonly render: (opened: boolean) => React.ReactNode;
}

/** Longer than any dialog's way out, shorter than the next one's way in. */
const leaving = 200;

const shown = createStore<readonly Shown[]>([]);
let last = 0;

/**
 * Loads a dialog, shows it and waits for its result; undefined when it was dismissed.
 * @example
 * const sure = await showDialog(() => import('./confirm-dialog.tsx').then((m) => m.ConfirmDialog), { title });
 */
export async function showDialog<Props extends object, Result>(
  load: () => Promise<ComponentType<Props & DialogProps<Result>>>,
  props: Props,
): Promise<Result | undefined> {
  const dialog = await loadPart(load).catch(() => {
    toast({ kind: 'problem', message: { fr, en }[language.current()].noAnswer });
  });
  if (!dialog) return undefined;
  const id = ++last;
  return new Promise((resolve) => {
    const close = (result?: Result) => {
      resolve(result);
      setOpened(id, false);
      setTimeout(() => shown.set(shown.get().filter((one) => one.id !== id)), leaving);
    };
    const render = (opened: boolean) => createElement(dialog, { ...props, opened, close, key: id });
    // Closed at first: on the way from closed to open Mantine notes where the focus is to go back to.
    shown.set([...shown.get(), { id, opened: false, render }]);
    setTimeout(() => setOpened(id, true));
  });
}

function setOpened(id: number, opened: boolean): void {
  shown.set(shown.get().map((one) => (one.id === id ? { ...one, opened } : one)));
}

/** Where dialogs appear; once, at the root. */
export function DialogHost() {
  return useStore(shown).map((one) => one.render(one.opened));
}
