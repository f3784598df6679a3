import { organisationSorts } from '@vif/contract/organisations';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { RecordColumn } from '../ui/record-table/record-column.ts';
import { useOrganisationColumns } from './organisation-columns.tsx';

function columns(): Pick<RecordColumn<never>, 'id' | 'sort'>[] {
  let made: Pick<RecordColumn<never>, 'id' | 'sort'>[] = [];
  function Probe() {
    made = useOrganisationColumns();
    return null;
  }
  renderToStaticMarkup(<Probe />);
  return made;
}

it('sorts by each of its columns, and has one for each of the API’s orders', () => {
  expect(new Set(columns().map(({ sort }) => sort))).toEqual(new Set(organisationSorts));
});

it('names its columns differently, for the address names them', () => {
  const ids = columns().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
