import { organisationSorts } from '@vif/contract/organisations';
import { personSorts } from '@vif/contract/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillBigWorkspaces } from '../testing/big-workspaces.ts';
import { captureStatements } from '../testing/captured-statements.ts';
import { nodesOf, plansOf } from '../testing/plans-of.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let sent: ReturnType<typeof captureStatements>;
let admin: Asker;
let workspaceId: string;
const ids = { organisation: '', person: '', owner: '' };

beforeAll(async () => {
  sent = captureStatements();
  vif = await startVif({ cacheMemory: 0 });
  const [ours, theirs] = [await vif.workspace('Ours'), await vif.workspace('Theirs')];
  ({ admin, id: workspaceId } = ours);
  const members = [ours, theirs].map(({ id, ...roles }) => ({
    id,
    owners: Object.values(roles).map(({ userId }) => userId),
  }));
  const start = performance.now();
  await fillBigWorkspaces(vif.database.owner, members);
  console.log(`two workspaces filled in ${Math.round(performance.now() - start)} ms`);
  ids.organisation = (await admin.ask('/api/v1/organisations?q=gravity')).json().items[0].id;
  ids.person = (await admin.ask('/api/v1/people?q=dupont')).json().items[0].id;
  ids.owner = ours.user.userId;
}, 300_000);
afterAll(async () => {
  for (const line of times) console.log(line);
  sent.stop();
  await vif.close();
});

const times: string[] = [];

/** Members of two workspaces are few, and read in one go. */
const isBig = (relation: string | undefined) => relation === 'organisations' || relation === 'people';

async function expectIndexes(path: string) {
  const plans = await plansOf({ vif, sent, asker: admin, workspaceId }, path);
  expect(plans.length).toBeGreaterThan(0);
  times.push(
    `${plans
      .map(({ milliseconds }) => milliseconds.toFixed(1).padStart(8))
      .join(' ')
      .padEnd(18)} ms  ${path}`,
  );
  for (const { statement, plan } of plans) {
    const scanned = nodesOf(plan).filter((node) => node['Node Type'] === 'Seq Scan');
    expect(scanned.map((node) => node['Relation Name']).filter(isBig), statement.text).toEqual([]);
  }
}

const terms = {
  organisations: [
    'g',
    'gr',
    'gra',
    'gravity',
    'gràvity alph',
    'zzz',
    '4',
    '42',
    '06',
    '0612',
    '+33 1 2',
    'contact@gravity',
    'gravity 9999',
  ],
  people: [
    'd',
    'du',
    'dup',
    'dupont',
    'dupont cam',
    'zzz',
    '4',
    '06',
    '06 12',
    '+33 6 12 3',
    'dupont1',
    'camille le',
  ],
};
const filters = {
  organisations: [
    'category=Category 7',
    'city=Lyon',
    'country=FR',
    'country=LU',
    'active=false',
    'active=true',
    'bin=true',
  ],
  people: ['jobTitle=Job 7', 'bin=true'],
};
const sorts = { organisations: organisationSorts, people: personSorts };

describe.each(['organisations', 'people'] as const)(
  'at 100,000 organisations and 200,000 people, %s',
  (table) => {
    const path = `/api/v1/${table}`;

    it.each(sorts[table].flatMap((sort) => [sort, `-${sort}`]))(
      'sorted by %s are read by an index, on the first page and a late one',
      async (sort) => {
        await expectIndexes(`${path}?sort=${sort}`);
        await expectIndexes(`${path}?sort=${sort}&page=100&total=false`);
      },
    );

    it.each(filters[table])('filtered by %s are listed and counted by an index', async (filter) => {
      await expectIndexes(`${path}?${filter.replaceAll(' ', '%20')}`);
      await expectIndexes(`${path}/count?${filter.replaceAll(' ', '%20')}`);
    });

    it('of one owner are listed and counted by an index', async () => {
      await expectIndexes(`${path}?ownerId=${ids.owner}`);
      await expectIndexes(`${path}/count?ownerId=${ids.owner}`);
    });

    it('are counted by an index', async () => {
      await expectIndexes(`${path}/count`);
    });

    it.each(terms[table])('that match %j are found by an index', async (term) => {
      const q = encodeURIComponent(term);
      await expectIndexes(`${path}?q=${q}`);
      await expectIndexes(`${path}/count?q=${q}`);
      await expectIndexes(`${path}/search?q=${q}`);
      await expectIndexes(`${path}?q=${q}&sort=-updatedAt`);
      await expectIndexes(`${path}?q=${q}&bin=true`);
    });

    it('to choose from are read by an index before anything is typed', async () => {
      await expectIndexes(`${path}/search?q=`);
    });
  },
);

describe('at 100,000 organisations and 200,000 people', () => {
  it('the people of an organisation are listed and counted by an index', async () => {
    await expectIndexes(`/api/v1/people?organisationId=${ids.organisation}`);
    await expectIndexes(`/api/v1/people/count?organisationId=${ids.organisation}`);
  });

  it('one record is read by an index', async () => {
    await expectIndexes(`/api/v1/organisations/${ids.organisation}`);
    await expectIndexes(`/api/v1/people/${ids.person}`);
  });

  it('categories, owners and members are read by an index', async () => {
    await expectIndexes('/api/v1/organisations/categories');
    await expectIndexes('/api/v1/members');
  });

  it.each([
    'organisations/duplicates?name=Gravity%20Alpha%20SARL',
    'organisations/duplicates?name=Gravity',
    'organisations/duplicates?email=contact@gravity1.example',
    'organisations/duplicates?phone=0612345678&country=FR',
    'organisations/duplicates?website=gravity1.example',
    'organisations/duplicates?siren=732829320',
    'organisations/duplicates?name=Gravity&email=a@b.example&phone=0612345678&country=FR&website=x.example&siren=732829320',
    'people/duplicates?lastName=Dupont&firstName=Camille',
    'people/duplicates?email=dupont1@mail.example',
    'people/duplicates?phone=0612345678&country=FR',
    'people/duplicates?lastName=Dupont&email=a@b.example&phone=0612345678',
  ])('what looks like another is found by an index: %s', async (path) => {
    await expectIndexes(`/api/v1/${path}`);
  });
});
