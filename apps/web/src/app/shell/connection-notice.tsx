import { IconPlugConnectedX } from '@tabler/icons-react';
import { connection } from '../../lib/connection.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useStore } from '../../lib/store.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './connection-notice.module.css';

/** Says that the server does not answer, for as long as it does not. */
export function ConnectionNotice() {
  const t = useMessages({ fr, en });
  const reachable = useStore(connection.store);
  return (
    <div role="status">
      {!reachable && (
        <p className={classes.notice}>
          <IconPlugConnectedX size={16} stroke={1.75} aria-hidden />
          <span>
            {t.noConnection} {t.reconnecting}
          </span>
        </p>
      )}
    </div>
  );
}
