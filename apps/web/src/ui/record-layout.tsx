import { IconChevronLeft } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import classes from './record-layout.module.css';

interface RecordLayoutProps {
  /** What the record is called. */
  readonly title: string;
  /** The list it is of. */
  readonly kind: { readonly label: string; readonly to: NonNullable<LinkProps['to']> };
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  /** Across the page: that the record is in the bin. */
  readonly notice?: ReactNode;
  /** At the left, or first on a phone. */
  readonly facts: ReactNode;
  /** Its life. */
  readonly children: ReactNode;
}

/** The page of a record: its facts at the left, its life at the right. */
export function RecordLayout({ title, kind, aside, actions, notice, facts, children }: RecordLayoutProps) {
  return (
    <Page
      title={title}
      above={
        <Link to={kind.to} className={classes.back}>
          <IconChevronLeft size={14} stroke={1.75} aria-hidden />
          {kind.label}
        </Link>
      }
      aside={aside}
      actions={actions}
    >
      {notice}
      <div className={classes.columns}>
        <div className={classes.facts}>{facts}</div>
        <div className={classes.life}>{children}</div>
      </div>
    </Page>
  );
}
