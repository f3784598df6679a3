import type { RouteAnswer } from '@vif/contract';
import type { StaleAsker } from './connection.ts';
import type { StaleRun } from './run.ts';
import { registerOf, type StaleWorld, stateOf } from './world.ts';

/** Brings the same records in again and again, each time in their next version. */
export class StaleImports {
  readonly #run: StaleRun;
  readonly #connection: StaleAsker;
  readonly #world: StaleWorld;
  #version = 0;

  constructor(run: StaleRun, connection: StaleAsker, world: StaleWorld) {
    this.#run = run;
    this.#connection = connection;
    this.#world = world;
  }

  /** Organisations of their own: name, city and category. */
  async organisations(): Promise<void> {
    const version = ++this.#version;
    const imported = this.#world.organisations.filter(({ by }) => by === 'imports');
    const [city, category] = [stateOf('Ville', version), stateOf('Apport', version)];
    await this.#import(
      'organisations',
      'ID,Name,City,Category',
      imported.map(({ id, externalId, base }) => ({
        cells: [externalId, stateOf(base, version), city, category],
        states: { name: stateOf(base, version), city, category },
        id,
      })),
    );
  }

  /** The job titles of the people whose first names the writers change. */
  async people(): Promise<void> {
    const jobTitle = stateOf('Poste', ++this.#version);
    const imported = this.#world.people.filter(({ externalId }) => externalId.startsWith('Temoin'));
    await this.#import(
      'people',
      'ID,Last Name,Job Title',
      imported.map(({ id, externalId, lastName }) => ({
        cells: [externalId, lastName, jobTitle],
        states: { jobTitle },
        id,
      })),
    );
  }

  async #import(
    kind: 'organisations' | 'people',
    header: string,
    rows: readonly { cells: string[]; states: Record<string, string>; id: string }[],
  ): Promise<void> {
    const { ledger, figures } = this.#run;
    const writes = rows.flatMap(({ id, states }) =>
      Object.entries(states).map(([field, state]) => ledger.begin(registerOf(id, field), state)),
    );
    const body = [header, ...rows.map(({ cells }) => cells.join(','))].join('\n');
    const reply = await this.#connection.ask(`/api/v1/${kind}/import`, { method: 'POST', body });
    figures.wrote(`${kind}.import`);
    if (reply.status !== 200) return this.#run.amiss(`Import of ${kind}`, reply);
    for (const write of writes) ledger.acknowledge(write);
    const { updated } = JSON.parse(reply.text) as RouteAnswer<'organisations.import'>; // checked by Vif before it answers
    if (updated !== rows.length)
      figures.faults.push(`The import of ${kind} updated only ${updated}: ${reply.text}`);
  }
}
