import { Page } from '../ui/page.tsx';

export function BinnedPeoplePage() {
  return <Page title="Bin">{null}</Page>;
}
