import type { StaleConnection } from './connection.ts';
import { owners } from './questions.ts';
import type { StaleReader } from './reader.ts';
import type { StaleRun } from './run.ts';
import { joinAs, newcomers, placeOf, type StaleMember, stateOf } from './world.ts';

/** Members who join and are removed again: each is among the owners, or is not. */
export class StaleNewcomers {
  readonly #run: StaleRun;
  readonly #reader: StaleReader;
  readonly #admin: StaleConnection;
  /** An address may try to sign in 20 times a minute, and whoever joins does. */
  readonly #most = 6;
  #joined = 0;
  #last: { readonly member: StaleMember; readonly name: string } | undefined;

  constructor(run: StaleRun, reader: StaleReader, admin: StaleConnection) {
    this.#run = run;
    this.#reader = reader;
    this.#admin = admin;
  }

  async step(): Promise<void> {
    if (this.#last) await this.leave();
    else if (this.#joined < this.#most) await this.join();
    await this.#reader.ask(owners);
  }

  async join(): Promise<void> {
    const { ledger, figures } = this.#run;
    const base = `${newcomers} ${++this.#joined}`;
    const name = stateOf(base, 0);
    ledger.open(placeOf(name), 'absent');
    const write = ledger.begin(placeOf(name), 'live');
    this.#last = { member: await joinAs(this.#admin, 'user', base), name };
    ledger.acknowledge(write);
    figures.wrote('invitations.accept');
  }

  async leave(): Promise<void> {
    const { ledger, figures } = this.#run;
    const last = this.#last;
    if (!last) return;
    this.#last = undefined;
    const write = ledger.begin(placeOf(last.name), 'absent');
    const { status, text } = await this.#admin.ask(`/api/v1/members/${last.member.id}`, { method: 'DELETE' });
    if (status === 204) ledger.acknowledge(write);
    else figures.faults.push(`Removing a member answered ${status} ${text}`);
    figures.wrote('members.remove');
  }
}
