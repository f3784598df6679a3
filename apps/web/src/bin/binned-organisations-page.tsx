import { Page } from '../ui/page.tsx';

export function BinnedOrganisationsPage() {
  return <Page title="Bin">{null}</Page>;
}
