import { organisationSorts } from '@vif/contract/organisations';
import { personSorts } from '@vif/contract/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureStatements } from '../testing/captured-statements.ts';
import { nodesOf, plansOf } from '../testing/plans-of.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let sent: ReturnType<typeof captureStatements>;
let admin: Asker;
let workspaceId: string;
beforeAll(async () => {
  sent = captureStatements();
  vif = await startVif({ cacheMemory: 0 });
  ({ admin, id: workspaceId } = await vif.workspace('Acme'));
});
afterAll(async () => {
  sent.stop();
  await vif.close();
});

/**
 * What the planner does with 100,000 rows is plans.slow.test.ts'. Told not to sort and not to read whole tables, it does
 * so on an empty one only where no index gives the order that is asked: a quick look at each sort and its index.
 */
const off = ['enable_seqscan', 'enable_bitmapscan', 'enable_sort', 'enable_incremental_sort'];

const sorts = { organisations: organisationSorts, people: personSorts };

describe.each(['organisations', 'people'] as const)('%s', (table) => {
  // By owner each member's part comes from an index; the members themselves are sorted.
  const own = sorts[table].filter((sort) => sort !== 'owner');

  it.each(own.flatMap((sort) => [sort, `-${sort}`]))('have an index for the order of %s', async (sort) => {
    const plans = await plansOf(
      { vif, sent, asker: admin, workspaceId, off },
      `/api/v1/${table}?sort=${sort}&total=false`,
    );
    expect(plans).toHaveLength(1);
    const kinds = plans.flatMap(({ plan }) => nodesOf(plan)).map((node) => node['Node Type']);
    expect(kinds.filter((kind) => kind.includes('Sort'))).toEqual([]);
    expect(kinds.some((kind) => kind.startsWith('Index'))).toBe(true);
  });
});
