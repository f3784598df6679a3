import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useFormat } from '../../lib/language/format.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { Listed } from '../../lib/list-reads.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './bin-notice.module.css';
import { goneOn } from './gone-on.ts';
import { useBin } from './use-bin.ts';

interface BinNoticeProps {
  readonly subject: keyof Listed;
  readonly record: {
    readonly id: string;
    readonly name: string;
    readonly ownerName: string;
    readonly deletedAt: string;
  };
  readonly mayRestore: boolean;
  /** What else this means. */
  readonly children?: ReactNode;
}

/** Over the page of a record that is in the bin: since when, until when, and the way out. */
export function BinNotice({ subject, record, mayRestore, children }: BinNoticeProps) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const bin = useBin(subject);
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    await bin.restore(record);
    setBusy(false);
  };
  const { deletedAt, ownerName } = record;
  return (
    <div className={classes.notice}>
      <IconTrash size={16} stroke={1.75} aria-hidden />
      <p>
        {t.binned(format.date(deletedAt), format.date(goneOn(deletedAt)))} {children}{' '}
        {!mayRestore && t.whoRestores(ownerName)}
      </p>
      {mayRestore && (
        <Button size="xs" loading={busy} onClick={() => void restore()}>
          {t.restore}
        </Button>
      )}
    </div>
  );
}
