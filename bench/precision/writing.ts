import { pick, type Random } from '../day/random.ts';
import type { Ask, WriteRequest } from './asking.ts';
import { type Member, organisationOf, personOf } from './choosing.ts';
import { idOf, words } from './house.ts';
import type { Mix } from './mix.ts';

/** Numbers rows that are made while it runs, behind all that were there. */
type NextRow = () => number;
type Choose = (member: Member, random: Random, next: NextRow) => (ask: Ask) => Promise<unknown>;

const firstNew = 5_000_000;

/** What people change, by the mix's name for it. */
const writes: readonly (readonly [of: keyof Mix['writes'], thing: readonly [change: string, Choose]])[] = [
  ['interactionNoted', ['interaction noted', noteInteraction]],
  ['personEdited', ['person edited', editPerson]],
  ['organisationEdited', ['organisation edited', editOrganisation]],
  ['personAdded', ['person added', addPerson]],
  ['organisationAdded', ['organisation added', addOrganisation]],
  ['personBinned', ['person put into the bin', bin('people', ({ people }) => people)]],
  [
    'organisationBinned',
    ['organisation put into the bin', bin('organisations', ({ organisations }) => organisations)],
  ],
];

/** Chooses what somebody saves next; what is made gets other ids each time. */
export function writeChooser(): (member: Member, random: Random) => WriteRequest {
  let made = firstNew;
  return (member, random) => {
    const weighed = writes.map(([of, thing]) => [member.mix.writes[of], thing] as const);
    const [change, choose] = pick(random, weighed);
    return { change, workspace: member.workspace.id, save: choose(member, random, () => made++) };
  };
}

function noteInteraction(member: Member, random: Random, next: NextRow): ReturnType<Choose> {
  const { number, organisations, id } = member.workspace;
  const organisation = organisationOf(member, random);
  const person = organisation + (random() < 0.5 ? 0 : organisations);
  const values = [
    idOf('interaction', number, next()),
    id,
    idOf('organisation', number, organisation),
    idOf('person', number, person),
    member.id,
    word(random),
  ];
  return (ask) =>
    ask(
      `insert into data.interactions (id, workspace_id, organisation_id, person_id, owner_id, kind, subject, happened_on)
       values ($1, $2, $3, $4, $5, 'call', $6, '2026-11-21')`,
      values,
    );
}

function editPerson(member: Member, random: Random): ReturnType<Choose> {
  const id = idOf('person', member.workspace.number, personOf(member, random));
  const title = `${word(random)} ${Math.floor(random() * 1e6)}`;
  return (ask) =>
    ask('update data.people set job_title = $2, updated_at = now() where id = $1 and workspace_id = $3', [
      id,
      title,
      member.workspace.id,
    ]);
}

function editOrganisation(member: Member, random: Random): ReturnType<Choose> {
  const id = idOf('organisation', member.workspace.number, organisationOf(member, random));
  const revenue = Math.floor(random() * 9e6);
  return (ask) =>
    ask(
      'update data.organisations set annual_revenue = $2, updated_at = now() where id = $1 and workspace_id = $3',
      [id, revenue, member.workspace.id],
    );
}

function addPerson(member: Member, random: Random, next: NextRow): ReturnType<Choose> {
  const { number, id } = member.workspace;
  const [first, last] = [word(random), word(random)];
  const values = [
    idOf('person', number, next()),
    id,
    first,
    last,
    idOf('organisation', number, organisationOf(member, random)),
    member.id,
    ` ${first} ${last}`,
  ];
  return (ask) =>
    ask(
      `insert into data.people (id, workspace_id, first_name, last_name, organisation_id, organisation_name, owner_id, updated_at, search_text)
       select $1, $2, $3, $4, o.id, o.name, $6, now(), $7 from data.organisations o where o.id = $5`,
      values,
    );
}

function addOrganisation(member: Member, random: Random, next: NextRow): ReturnType<Choose> {
  const { number, id } = member.workspace;
  const name = `${word(random)} ${word(random)}`;
  const values = [idOf('organisation', number, next()), id, name, member.id, ` ${name}`];
  return (ask) =>
    ask(
      `insert into data.organisations (id, workspace_id, name, active, owner_id, updated_at, search_text)
       values ($1, $2, $3, true, $4, now(), $5)`,
      values,
    );
}

/** Any of them: who tidies up looks where others do not. */
function bin(table: 'people' | 'organisations', count: (of: Member['workspace']) => number): Choose {
  const kind = table === 'people' ? 'person' : 'organisation';
  return ({ workspace }, random) => {
    const id = idOf(kind, workspace.number, Math.floor(random() * count(workspace)));
    return (ask) =>
      ask(`update data.${table} set deleted_at = now() where id = $1 and workspace_id = $2`, [
        id,
        workspace.id,
      ]);
  };
}

function word(random: Random): string {
  return words[Math.floor(random() * words.length)] ?? '';
}
