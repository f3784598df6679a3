import { sqlRecorder } from '@vif/cache-postgres';
import type pg from 'pg';
import { median } from '../report/median.ts';
import { anyOrganisation, workspace } from './ids.ts';

/** What a statement of a load takes, in microseconds. */
export interface StatementTimes {
  readonly way: string;
  readonly elapsed: number;
  /** Of this process's processor time, all its threads. */
  readonly processor: number;
  /** More than the way before it in the list: the median of the rounds' differences. */
  readonly added?: { readonly elapsed: number; readonly processor: number };
}

const statements = 20;
const loads = 100;

export const rowText = `select o.id, o.name, o.annual_revenue, o.owner_id from tracked.organisations o
  where o.workspace_id = $1 and o.id = $2`;

/**
 * Loads of 20 statements, one after the other in one READ ONLY transaction: by the driver alone, by a TrackedPool outside
 * any load that is recorded, and recorded. They take turns in blocks of a hundred loads.
 */
export async function measureReading(
  plain: pg.Pool,
  tracked: pg.Pool,
  rounds: number,
  signal: AbortSignal,
): Promise<StatementTimes[]> {
  const ways = {
    'pg.Pool': () => load(plain),
    'TrackedPool, not recorded': () => load(tracked),
    'TrackedPool, recorded': () => recorded(() => load(tracked)),
  };
  const measured = new Map<string, Block[]>(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [way, run] of Object.entries(ways)) {
      signal.throwIfAborted();
      const block = await timed(run);
      if (round > 0) measured.get(way)?.push(block);
    }
  }
  let before: Block[] | undefined;
  return [...measured].map(([way, blocks]) => {
    const last = before;
    before = blocks;
    const middle = (what: keyof Block) => median(blocks.map((block) => block[what]));
    const more = (what: keyof Block) =>
      median(blocks.map((block, at) => block[what] - (last?.[at]?.[what] ?? Number.NaN)));
    const times = { way, elapsed: middle('elapsed'), processor: middle('processor') };
    return last ? { ...times, added: { elapsed: more('elapsed'), processor: more('processor') } } : times;
  });
}

interface Block {
  readonly elapsed: number;
  readonly processor: number;
}

async function timed(run: () => Promise<unknown>): Promise<Block> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  for (let done = 0; done < loads; done++) await run();
  const elapsed = 1000 * (performance.now() - began);
  const { user, system } = process.cpuUsage(used);
  return { elapsed: elapsed / loads / statements, processor: (user + system) / loads / statements };
}

async function load(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    for (let sent = 0; sent < statements; sent++)
      await client.query({ name: 'row', text: rowText, values: [workspace, anyOrganisation()] });
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function recorded(run: () => Promise<void>): Promise<void> {
  const { refused, tags } = await sqlRecorder.record(run);
  if (refused !== undefined || tags.length === 0)
    throw new Error(`The load could not be recorded: ${refused ?? 'it has no tags'}.`);
}
