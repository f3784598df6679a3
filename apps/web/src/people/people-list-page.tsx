import { Page } from '../ui/page.tsx';

export function PeopleListPage() {
  return <Page title="People">{null}</Page>;
}
