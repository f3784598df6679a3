import { setTimeout as timer } from 'node:timers/promises';
import type { Day } from './day.ts';
import type { Random } from './random.ts';

/** Within which Vif promises to see what others changed, in milliseconds. */
const promised = 1000;

/** Changes rows as psql does, with Vif knowing nothing of it, and looks how long Vif's answers stay as they were. */
export class BehindItsBack {
  /** Milliseconds until a change was seen, of each. */
  readonly seenAfter: number[] = [];
  readonly #day: Day;
  readonly #random: Random;

  constructor(day: Day, random: Random) {
    this.#day = day;
    this.#random = random;
  }

  /** Changes one row, every fifth time with 200 others. */
  async change(round: number): Promise<void> {
    const { owner, records, ledger } = this.#day;
    const id = records.organisation(this.#random);
    const text = `Changed by hand, ${round} of ${process.pid}`;
    if (round % 5 === 4) {
      await owner.query(
        `update data.people set notes = $1
         where id in (select id from data.people where workspace_id = $2 order by id limit 200)`,
        [text, records.workspace],
      );
    }
    await owner.query('update data.organisations set notes = $1 where id = $2', [text, id]);
    const began = performance.now();
    for (;;) {
      const asked = performance.now();
      const answer = await ledger.ask('organisations.get', [200], `/api/v1/organisations/${id}`);
      if (!answer) return;
      // The contract's answer to this route.
      const { notes } = JSON.parse(answer.body.toString()) as { notes: string | null };
      if (notes === text) break;
      if (asked - began > promised) {
        return ledger.fault('by hand', `A change of organisation ${id} was not seen after ${promised} ms.`);
      }
      await timer(5);
    }
    this.seenAfter.push(performance.now() - began);
  }
}
