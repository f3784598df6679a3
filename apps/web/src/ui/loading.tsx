import { useMessages } from '../lib/language/use-messages.ts';
import classes from './loading.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

/** Grey lines in the shape of a page, for the first paint only. */
export function Loading({ lines = 6 }: { lines?: number }) {
  const t = useMessages({ fr, en });
  return (
    <div className={classes.loading} role="status">
      <span className="vif-hidden">{t.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classes.line} />
      ))}
    </div>
  );
}
