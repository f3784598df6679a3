import type { StaleAsker } from './connection.ts';
import { organisationDetail, personDetail, type Question } from './questions.ts';
import type { StaleReader } from './reader.ts';
import type { StaleRun } from './run.ts';
import { nextState, registerOf, type StaleWorld } from './world.ts';

/** A field that writers give its next state, version by version. */
export interface Renamed {
  readonly question: Question;
  readonly id: string;
  readonly field: 'name' | 'firstName';
}

/** The writers' organisations by their names, and the people of those by their first names. */
export function renamedOf(world: StaleWorld): Renamed[] {
  const organisations = world.organisations.filter(({ by }) => by === 'writers').map(({ id }) => id);
  const people = world.people.filter(({ organisationId }) => organisations.includes(organisationId));
  return [
    ...organisations.map((id) => ({ question: organisationDetail(id), id, field: 'name' }) as const),
    ...people.map(({ id }) => ({ question: personDetail(world, id), id, field: 'firstName' }) as const),
  ];
}

/** Attempts to save before somebody else does; more are needed only where what is read again is still outdated. */
const attempts = 20;

/** Reads the record and saves its next version, and again when somebody saved it in between (412). */
export async function rename(
  run: StaleRun,
  reader: StaleReader,
  connection: StaleAsker,
  { question, id, field }: Renamed,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const current = await reader.ask(question);
    if (!current) return;
    const next = nextState((current.body as Record<typeof field, string>)[field]); // the contract's record
    const write = run.ledger.begin(registerOf(id, field), next);
    const reply = await connection.ask(question.url, {
      method: 'PATCH',
      body: { [field]: next },
      headers: { 'if-match': current.etag },
    });
    if (reply.status !== 412) {
      if (reply.status === 200) run.ledger.acknowledge(write);
      else run.amiss(`PATCH ${question.url}`, reply);
      run.figures.wrote(question.kind === 'people.get' ? 'people.update' : 'organisations.update');
      return;
    }
    run.ledger.refuse(write);
    run.figures.wrote('refused (412)');
  }
  run.figures.faults.push(`PATCH ${question.url} was refused ${attempts} times as outdated`);
}
