import { organisationNameKey } from '../../records/name-key.ts';
import { searchTextOf } from '../../records/search-text.ts';
import { StaleConnection } from './connection.ts';
import type { StaleRun } from './run.ts';
import { registerOf, type StaleWorld, stateOf } from './world.ts';

/** Milliseconds within which Vif says that it shows what was changed behind its back. */
export const promised = 1000;
/** Milliseconds after which a probe gives up waiting: long enough to tell late from never. */
const patience = 2 * promised;

/** A kind of read of what was changed: it shows the change where its answer holds the text. */
interface Probe {
  readonly kind: string;
  readonly url: string;
  readonly text: string;
}

interface Change {
  readonly table: string;
  readonly register: string;
  readonly state: string;
  readonly sql: string;
  readonly values: readonly string[];
  readonly probes: readonly Probe[];
}

interface StalePsqlOptions {
  /** Of the servers that must show it; several are told apart in the figures, else kinds of reads are. */
  readonly addresses: readonly string[];
}

/** The owner's way to the database. */
export interface Owner {
  query(sql: string, values?: string[]): Promise<unknown>;
}

/** Somebody with the owner's rights who changes rows by SQL, and waits until every kind of read shows it. */
export class StalePsql {
  readonly #run: StaleRun;
  readonly #owner: Owner;
  readonly #world: StaleWorld;
  readonly #addresses: readonly string[];
  readonly #connections = new Map<string, StaleConnection>();
  #version = 0;

  constructor(
    run: StaleRun,
    owner: Owner,
    world: StaleWorld,
    { addresses }: StalePsqlOptions = { addresses: [world.address] },
  ) {
    this.#addresses = addresses;
    this.#run = run;
    this.#owner = owner;
    this.#world = world;
  }

  /**
   * Changes one record and measures until when each kind of read that begins goes on to show it as it was.
   * @param around has the table written by an owner's connection, and does something before and behind it
   */
  async step(
    around: (write: (owner: Owner) => Promise<unknown>, table: string) => Promise<unknown> = (write) =>
      write(this.#owner),
  ): Promise<void> {
    const { ledger, figures } = this.#run;
    const { register, state, sql, values, table, probes } = this.#next();
    const everywhere = this.#addresses.flatMap((address) => probes.map((probe) => ({ ...probe, address })));
    // Once to have the answers kept, once to have them used.
    for (let round = 0; round < 2; round++) await Promise.all(everywhere.map((probe) => this.#shows(probe)));
    const write = ledger.begin(register, state);
    await around((owner) => owner.query(sql, [...values]), table);
    const committed = performance.now();
    ledger.promise(write, committed + promised);
    figures.wrote('psql');
    await Promise.all(
      everywhere.map(async (probe) => {
        // What counts is when a read began: on a busy machine its answer may take seconds, and be right.
        let began = performance.now();
        while (!(await this.#shows(probe)) && began < committed + patience) began = performance.now();
        const kind =
          this.#addresses.length > 1 ? `server ${this.#addresses.indexOf(probe.address) + 1}` : probe.kind;
        figures.seen.push({ kind, milliseconds: began - committed });
      }),
    );
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  #next(): Change {
    const version = ++this.#version;
    const organisations = this.#world.organisations.filter(({ by }) => by === 'psql');
    const organisation = organisations[version % (organisations.length + 1)];
    return organisation ? this.#renamed(organisation, version) : this.#renamedOwner(version);
  }

  #renamed({ id, base }: StaleWorld['organisations'][number], version: number): Change {
    const state = stateOf(base, version);
    const person = this.#world.people.find(({ organisationId }) => organisationId === id);
    const q = encodeURIComponent(state);
    return {
      table: 'data.organisations',
      register: registerOf(id, 'name'),
      state,
      sql: 'update data.organisations set name = $2, search_text = $3, name_key = $4 where id = $1',
      values: [id, state, searchTextOf([state], []), organisationNameKey(state)],
      probes: [
        { kind: 'organisations.get', url: `/api/v1/organisations/${id}`, text: state },
        { kind: 'organisations.list', url: '/api/v1/organisations?pageSize=200', text: state },
        { kind: 'organisations.count', url: `/api/v1/organisations/count?q=${q}`, text: '"total":1' },
        { kind: 'organisations.search', url: '/api/v1/organisations/search?q=ailleurs', text: state },
        { kind: 'people.list', url: '/api/v1/people?pageSize=200', text: state },
        { kind: 'people.search', url: '/api/v1/people/search?q=proche%20ailleurs', text: state },
        { kind: 'people.get', url: `/api/v1/people/${person?.id}`, text: state },
      ],
    };
  }

  #renamedOwner(version: number): Change {
    const { id } = this.#world.members.user;
    const state = stateOf('user', version);
    const owned = this.#world.organisations.find(({ by }) => by === 'psql')?.id;
    return {
      table: 'auth."user"',
      register: registerOf(id, 'name'),
      state,
      sql: 'update auth."user" set name = $2 where id = $1',
      values: [id, state],
      probes: [
        { kind: 'owners.list', url: '/api/v1/owners', text: state },
        { kind: 'organisations.get', url: `/api/v1/organisations/${owned}`, text: state },
        { kind: 'organisations.list', url: '/api/v1/organisations?pageSize=200', text: state },
        { kind: 'people.list', url: '/api/v1/people?pageSize=200', text: state },
      ],
    };
  }

  async #shows({ kind, url, text, address }: Probe & { readonly address: string }): Promise<boolean> {
    const name = `${kind} of ${address}`;
    const connection = this.#connections.get(name) ?? new StaleConnection(address, this.#world.admin);
    this.#connections.set(name, connection);
    const answer = await connection.ask(url);
    this.#run.tick();
    if (answer.status !== 200) this.#run.figures.faults.push(`GET ${url} answered ${answer.status}`);
    return answer.text.includes(text);
  }
}
