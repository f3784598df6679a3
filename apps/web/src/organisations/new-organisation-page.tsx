import { Page } from '../ui/page.tsx';

export function NewOrganisationPage() {
  return <Page title="Organisation">{null}</Page>;
}
