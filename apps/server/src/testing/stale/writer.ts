import { anyOf } from './any-of.ts';
import { StaleComers } from './comers.ts';
import { type StaleAsker, StaleConnection } from './connection.ts';
import { StaleReader } from './reader.ts';
import { type Renamed, rename, renamedOf } from './rename.ts';
import type { StaleRun } from './run.ts';
import type { StaleWorld } from './world.ts';

/** One of those who save, make, bin and restore records; each over a connection of their own, as administrator. */
export class StaleWriter {
  readonly reader: StaleReader;
  readonly comers: Readonly<Record<'organisations' | 'people', StaleComers>>;
  readonly #run: StaleRun;
  readonly #connection: StaleAsker;
  readonly #renamed: readonly Renamed[];

  /** @param at 0, 1 …; of `writers` */
  constructor(
    run: StaleRun,
    world: StaleWorld,
    { at, writers }: { at: number; writers: number },
    connection: StaleAsker = new StaleConnection(world.address, world.admin, 'br'),
  ) {
    // Nobody else moves what a writer moves.
    const live = world.residents.filter((_, resident) => resident % writers === at);
    this.reader = new StaleReader(run, connection);
    this.comers = {
      organisations: new StaleComers(run, connection, {
        table: 'organisations',
        writer: at + 1,
        writers,
        live,
      }),
      people: new StaleComers(run, connection, { table: 'people', writer: at + 1, writers }),
    };
    this.#run = run;
    this.#connection = connection;
    this.#renamed = renamedOf(world);
  }

  /** Saves one of the records that all writers save. */
  rename(field: Renamed['field']): Promise<void> {
    const renamed = this.#renamed.filter((one) => one.field === field);
    return rename(this.#run, this.reader, this.#connection, anyOf(renamed));
  }

  /** Does anything that a writer does. */
  step(): Promise<void> {
    return anyOf([
      () => this.rename('name'),
      () => this.rename('firstName'),
      () => this.comers.organisations.step(),
      () => this.comers.people.step(),
    ])();
  }

  close(): void {
    this.#connection.close();
  }
}
