import { useState } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import type { Listed } from '../lib/list-reads.ts';
import { useMay } from '../lib/session/use-may.ts';
import { useBin } from '../ui/bin/use-bin.ts';
import { useRowTabIndex } from '../ui/record-table/row-tab-index.ts';
import classes from './bin-page.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface RestoreCellProps {
  readonly subject: keyof Listed;
  readonly record: {
    readonly id: string;
    readonly name: string;
    readonly ownerId: string;
    readonly ownerName: string;
  };
}

/** The way out of the bin; to who may not take it, who may. */
export function RestoreCell({ subject, record }: RestoreCellProps) {
  const t = useMessages({ fr, en });
  const may = useMay();
  const bin = useBin(subject);
  const tabIndex = useRowTabIndex();
  const [busy, setBusy] = useState(false);
  if (!may(subject, 'delete', record.ownerId)) {
    return <span title={t.onlyHint}>{t.onlyBy(record.ownerName)}</span>;
  }
  const restore = async () => {
    setBusy(true);
    await bin.restore(record);
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={classes.restore}
      tabIndex={tabIndex}
      aria-label={t.restoreOf(record.name)}
      // Not disabled, which would lose the keyboard's place; the next record comes under it.
      aria-disabled={busy}
      onClick={() => void (busy || restore())}
    >
      {t.restore}
    </button>
  );
}
