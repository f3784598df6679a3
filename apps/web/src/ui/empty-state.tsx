import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** What this page is for, in a sentence. */
  readonly children?: ReactNode;
  /** The first thing to do here. */
  readonly action?: ReactNode;
}

/** Where there is nothing yet: says what belongs here and offers the first step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
