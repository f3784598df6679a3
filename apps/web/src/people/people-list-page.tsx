import { getRouteApi } from '@tanstack/react-router';
import { useMessages } from '../lib/language/use-messages.ts';
import type { Listed } from '../lib/list-reads.ts';
import { useMay } from '../lib/session/use-may.ts';
import { useChangeSearch } from '../lib/use-change-search.ts';
import { BinBadge } from '../ui/bin-badge.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton, PrimaryLink } from '../ui/link-button.tsx';
import { RecordListPage } from '../ui/record-table/record-list-page.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { usePersonColumns } from './person-columns.tsx';
import { usePersonFilters } from './person-filters.ts';
import { defaultSort, personReads } from './person-search.ts';

const route = getRouteApi('/signed-in/people');

/** The workspace's people. */
export function PeopleListPage() {
  const t = useMessages({ fr, en });
  const may = useMay();
  const search = route.useSearch();
  const onSearch = useChangeSearch();
  const { organisationId } = search;
  const add = may('people', 'create');
  return (
    <RecordListPage
      title={t.people}
      placeholder={t.searchBox}
      actions={
        add && (
          <PrimaryLink to="/people/new" search={{ organisationId }}>
            {t.create}
          </PrimaryLink>
        )
      }
      reads={personReads(search)}
      columns={usePersonColumns()}
      filters={usePersonFilters()}
      search={search}
      onSearch={onSearch}
      defaultSort={defaultSort}
      link={({ id }) => ({ to: '/people/$id', params: { id } })}
      second={secondLine}
      empty={
        <EmptyState title={t.emptyTitle} action={add && <LinkButton to="/people/new">{t.create}</LinkButton>}>
          {t.emptyText}
          {add && (
            <>
              {' '}
              {t.importHint} <code>npm run import -- people personnes.csv</code>
            </>
          )}
        </EmptyState>
      }
    />
  );
}

/** On a phone, what they do and where; marked when the organisation is in the bin. */
function secondLine({ jobTitle, organisationName, organisationDeleted }: Listed['people']) {
  return (
    <>
      {organisationDeleted && <BinBadge />} {[jobTitle, organisationName].filter(Boolean).join(' · ')}
    </>
  );
}
