import { personSorts } from '@vif/contract/people';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { RecordColumn } from '../ui/record-table/record-column.ts';
import { usePersonColumns } from './person-columns.tsx';

function columns(): Pick<RecordColumn<never>, 'id' | 'sort'>[] {
  let made: Pick<RecordColumn<never>, 'id' | 'sort'>[] = [];
  function Probe() {
    made = usePersonColumns();
    return null;
  }
  renderToStaticMarkup(<Probe />);
  return made;
}

it('sorts by each of its columns, and has one for each of the API’s orders', () => {
  expect(new Set(columns().map(({ sort }) => sort))).toEqual(new Set(personSorts));
});

it('names its columns differently, for the address names them', () => {
  const ids = columns().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
