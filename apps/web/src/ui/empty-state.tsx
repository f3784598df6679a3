import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  /** Whether it is all there is on the page, which then gets its name from it. */
  readonly whole?: boolean;
  readonly title: string;
  /** What this page is for, in a sentence. */
  readonly children?: ReactNode;
  /** The first thing to do here. */
  readonly action?: ReactNode;
}

/** Where there is nothing yet: says what belongs here and offers the first step. */
export function EmptyState({ title, children, action, whole = false }: EmptyStateProps) {
  const Heading = whole ? 'h1' : 'h2';
  return (
    <div className={classes.state}>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
