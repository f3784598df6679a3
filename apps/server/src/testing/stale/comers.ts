import type { StaleConnection } from './connection.ts';
import type { StaleRun } from './run.ts';
import { comers, make, placeOf } from './world.ts';

type Table = keyof typeof comers;

interface Comer {
  readonly id: string;
  readonly name: string;
}

/** Records that one writer makes, puts into the bin and takes out of it; nobody else touches them. */
export class StaleComers {
  readonly #run: StaleRun;
  readonly #connection: StaleConnection;
  readonly #table: Table;
  readonly #writer: number;
  /** A page shows 200, and every comer must fit it. */
  readonly #most = 40;
  readonly #live: Comer[];
  readonly #binned: Comer[] = [];
  #made = 0;

  constructor(
    run: StaleRun,
    connection: StaleConnection,
    { table, writer, live = [] }: { table: Table; writer: number; live?: readonly Comer[] },
  ) {
    this.#run = run;
    this.#connection = connection;
    this.#table = table;
    this.#writer = writer;
    this.#live = [...live];
  }

  /** The one that is put into the bin next: of those that are there, the one that came first. */
  get next(): Comer | undefined {
    return this.#live[0];
  }

  /** Any of what can be done. */
  async step(): Promise<void> {
    const chance = Math.random();
    if (this.#made < this.#most && chance < 0.3) await this.create();
    else if (this.#binned.length > this.#live.length * chance) await this.restore();
    else await this.bin();
  }

  async create(): Promise<void> {
    const name = `${comers[this.#table]} ${this.#writer} ${++this.#made}`;
    this.#run.ledger.open(placeOf(name), 'absent');
    const body =
      this.#table === 'organisations'
        ? { name, category: comers.organisations }
        : { lastName: name, jobTitle: comers.people };
    const write = this.#run.ledger.begin(placeOf(name), 'live');
    const id = await make(this.#connection, this.#table, body);
    this.#run.ledger.acknowledge(write);
    this.#run.figures.wrote(`${this.#table}.create`);
    this.#live.push({ id, name });
  }

  async bin(): Promise<void> {
    await this.#move(this.#live, this.#binned, 'binned', { method: 'DELETE', path: '', status: 204 });
  }

  async restore(): Promise<void> {
    await this.#move(this.#binned, this.#live, 'live', { method: 'POST', path: '/restore', status: 200 });
  }

  async #move(
    from: Comer[],
    to: Comer[],
    state: 'live' | 'binned',
    { method, path, status }: { method: 'DELETE' | 'POST'; path: string; status: number },
  ): Promise<void> {
    const comer = from.shift();
    if (!comer) return;
    const url = `/api/v1/${this.#table}/${comer.id}${path}`;
    const write = this.#run.ledger.begin(placeOf(comer.name), state);
    const answer = await this.#connection.ask(url, { method });
    if (answer.status === status) this.#run.ledger.acknowledge(write);
    else this.#run.figures.faults.push(`${method} ${url} answered ${answer.status} ${answer.text}`);
    this.#run.figures.wrote(`${this.#table}.${state === 'live' ? 'restore' : 'delete'}`);
    to.push(comer);
  }
}
