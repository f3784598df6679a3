import { Page } from '../ui/page.tsx';

export function PersonPage() {
  return <Page title="Person">{null}</Page>;
}
