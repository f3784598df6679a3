import { Page } from '../ui/page.tsx';

export function NewPersonPage() {
  return <Page title="Person">{null}</Page>;
}
