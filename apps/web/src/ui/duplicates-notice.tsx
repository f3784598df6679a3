import { IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import classes from './duplicates-notice.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

type Because = keyof typeof fr.because;

interface DuplicatesNoticeProps {
  readonly duplicates: readonly {
    readonly id: string;
    readonly because: readonly Because[];
    /** The record's name as a link to it, and where it is. */
    readonly record: ReactNode;
  }[];
}

/** Records that look like the one being typed, while it is typed; it never stands in the way. */
export function DuplicatesNotice({ duplicates }: DuplicatesNoticeProps) {
  const t = useMessages({ fr, en });
  return (
    <div role="status">
      {duplicates.length > 0 && (
        <div className={classes.notice}>
          <p>
            <IconCopy size={16} stroke={1.75} aria-hidden />
            {t.duplicates(duplicates.length)}
          </p>
          <ul>
            {duplicates.map((one) => (
              <li key={one.id}>
                {one.record} <span>{one.because.map((why) => t.because[why]).join(', ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
