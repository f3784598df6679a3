import type { StaleAsker, StaleReply } from './connection.ts';
import type { StaleRun } from './run.ts';
import { comers, idIn, placeOf } from './world.ts';

type Table = keyof typeof comers;

interface Comer {
  readonly id: string;
  readonly name: string;
}

/** A page shows 200, and every comer must fit it, besides all others. */
const mostOfAll = 160;
/** Attempts at a move whose answer was lost. */
const attempts = 400;
/** Milliseconds until a move that was made by a request without an answer is seen: Vif was not asked to acknowledge it. */
const promised = 1000;

/** Records that one writer makes, puts into the bin and takes out of it; nobody else touches them. */
export class StaleComers {
  readonly #run: StaleRun;
  readonly #connection: StaleAsker;
  readonly #table: Table;
  readonly #writer: number;
  readonly #most: number;
  readonly #live: Comer[];
  readonly #binned: Comer[] = [];
  #made = 0;

  constructor(
    run: StaleRun,
    connection: StaleAsker,
    options: { table: Table; writer: number; writers: number; live?: readonly Comer[] },
  ) {
    const { table, writer, writers, live = [] } = options;
    this.#most = Math.min(40, Math.floor(mostOfAll / writers));
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
    const url = `/api/v1/${this.#table}`;
    const reply = await this.#connection.ask(url, { method: 'POST', body });
    this.#run.figures.wrote(`${this.#table}.create`);
    if (reply.status !== 201) return this.#run.amiss(`POST ${url}`, reply);
    this.#run.ledger.acknowledge(write);
    this.#live.push({ id: idIn(reply.text), name });
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
    let reply: StaleReply | undefined;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const again = reply !== undefined;
      reply = await this.#connection.ask(url, { method });
      if (reply.status === status) this.#run.ledger.acknowledge(write);
      // The attempt before, whose answer was lost, was made.
      else if (again && reply.status === 404) this.#run.ledger.promise(write, performance.now() + promised);
      else {
        this.#run.amiss(`${method} ${url}`, reply);
        if (reply.excused) continue;
      }
      break;
    }
    this.#run.figures.wrote(`${this.#table}.${state === 'live' ? 'restore' : 'delete'}`);
    to.push(comer);
  }
}
