import type { ReactNode } from 'react';
import classes from './facts.module.css';

interface FactsProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Some facts of a record that belong together. */
export function Facts({ title, children }: FactsProps) {
  return (
    <section className={classes.facts} aria-label={title}>
      <h2>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

/** A fact nobody edits: when the record was made, who changed it last. */
export function PlainFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>
        <span className={classes.value}>{children}</span>
      </dd>
    </div>
  );
}
