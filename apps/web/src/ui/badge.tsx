import type { ReactNode } from 'react';
import classes from './badge.module.css';

/** A word about a record, beside its name. */
export function Badge({ children }: { children: ReactNode }) {
  return <span className={classes.badge}>{children}</span>;
}
