import type { Conflict, Fields } from '../lib/conflict.ts';
import { showDialog } from './dialogs.tsx';

/** A field two people changed, as it is shown: values formatted, the name in the reader's language. */
interface ShownConflict {
  readonly field: string;
  readonly label: string;
  readonly theirs: string;
  readonly mine: string;
}

export interface ConflictDialogProps {
  readonly conflicts: readonly ShownConflict[];
}

const load = () => import('./conflict-dialog.tsx').then((module) => module.ConflictDialog);

/**
 * Shows both values of each field and lets choose; the `ask` of `saveVersioned`.
 * Answers the fields where theirs shall stand, or undefined to go on editing.
 * @example saveVersioned({ …, ask: askConflict(t.fields, (field, value) => show(field, value)) });
 */
export function askConflict<F extends Fields>(
  labels: Readonly<Record<keyof F & string, string>>,
  show: (field: keyof F & string, value: unknown) => string | Promise<string>,
): (conflicts: Conflict<F>[]) => Promise<readonly string[] | undefined> {
  return async (conflicts) =>
    showDialog<ConflictDialogProps, readonly string[]>(load, {
      conflicts: await Promise.all(
        conflicts.map(async ({ field, theirs, mine }) => ({
          field,
          label: labels[field],
          theirs: await show(field, theirs),
          mine: await show(field, mine),
        })),
      ),
    });
}
