import { Page } from '../ui/page.tsx';

export function OrganisationsListPage() {
  return <Page title="Organisations">{null}</Page>;
}
