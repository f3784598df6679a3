import { getRouteApi } from '@tanstack/react-router';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { useMay } from '../lib/session/use-may.ts';
import { useChangeSearch } from '../lib/use-change-search.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton, PrimaryLink } from '../ui/link-button.tsx';
import { RecordListPage } from '../ui/record-table/record-list-page.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { useOrganisationColumns } from './organisation-columns.tsx';
import { useOrganisationFilters } from './organisation-filters.ts';
import { defaultSort, organisationReads } from './organisation-search.ts';

const route = getRouteApi('/signed-in/organisations');

/** The workspace's organisations. */
export function OrganisationsListPage() {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const may = useMay();
  const search = route.useSearch();
  const onSearch = useChangeSearch();
  const add = may('organisations', 'create');
  return (
    <RecordListPage
      title={t.organisations}
      placeholder={t.searchBox}
      actions={add && <PrimaryLink to="/organisations/new">{t.create}</PrimaryLink>}
      reads={organisationReads(search)}
      columns={useOrganisationColumns()}
      filters={useOrganisationFilters()}
      search={search}
      onSearch={onSearch}
      defaultSort={defaultSort}
      link={({ id }) => ({ to: '/organisations/$id', params: { id } })}
      second={({ category, city, country }) =>
        [category, city, country && format.country(country)].filter(Boolean).join(' · ')
      }
      empty={
        <EmptyState
          title={t.emptyTitle}
          action={add && <LinkButton to="/organisations/new">{t.create}</LinkButton>}
        >
          {t.emptyText}
          {add && (
            <>
              {' '}
              {t.importHint} <code>npm run import -- organisations clients.csv</code>
            </>
          )}
        </EmptyState>
      }
    />
  );
}
