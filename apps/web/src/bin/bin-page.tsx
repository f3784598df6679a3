import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import type { ListReads } from '../lib/list-reads.ts';
import { Page } from '../ui/page.tsx';
import classes from './bin-page.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface BinPageProps {
  readonly count: ListReads<unknown>['count'];
  readonly children: ReactNode;
}

/** What the two halves of the bin share: the title, the count and the way to the other half. */
export function BinPage({ count: asked, children }: BinPageProps) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const count = useQuery(asked).data?.total;
  return (
    <Page title={t.title} aside={count !== undefined && format.number(count)} layout="list">
      <nav className={classes.kinds} aria-label={t.kinds}>
        <Link to="/bin/organisations">{t.organisations}</Link>
        <Link to="/bin/people">{t.people}</Link>
      </nav>
      <p className={classes.hint}>{t.hint}</p>
      {children}
    </Page>
  );
}
