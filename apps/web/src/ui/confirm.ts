import type { ReactNode } from 'react';
import { showDialog } from './dialogs.tsx';

export interface ConfirmProps {
  readonly title: string;
  /** What goes with it, and whether it can be undone. */
  readonly text: ReactNode;
  /** The verb on the button: `Delete`, never `OK`. */
  readonly action: string;
  readonly cancel?: string;
}

const load = () => import('./confirm-dialog.tsx').then((module) => module.ConfirmDialog);

/**
 * Asks before something that takes more along than it seems.
 * @example if (await confirm({ title: t.deleteTitle, text: t.deleteText(3), action: t.delete })) …
 */
export async function confirm(props: ConfirmProps): Promise<boolean> {
  return (await showDialog<ConfirmProps, boolean>(load, props)) ?? false;
}
