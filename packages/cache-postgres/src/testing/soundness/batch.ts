import { Chooser } from './chooser.ts';
import { kinds, soughtText } from './kinds.ts';
import { type Plan, planOf } from './plan.ts';
import type { Focus } from './scope.ts';
import { type Query, selectOf } from './select.ts';
import type { World } from './world.ts';
import { insertOf, type Write, writeOf } from './write.ts';

/** What cases came to. A case is a cached SELECT and a committed write. */
export interface Tally {
  cases: number;
  /** Where the result had changed. */
  changed: number;
  /** Entries that a write invalidated though their result was as before. */
  needless: number;
  kept: number;
  /** SELECTs that PostgreSQL refused, that we refused by reason, and that were cached. */
  failed: number;
  refused: Map<string, number>;
  cached: number;
  /** Of those, by a tracked column. */
  narrowed: number;
  writes: number;
  failedWrites: number;
}

export function emptyTally(): Tally {
  const none = {
    cases: 0,
    changed: 0,
    needless: 0,
    kept: 0,
    failed: 0,
    cached: 0,
    narrowed: 0,
    writes: 0,
    failedWrites: 0,
  };
  return { ...none, refused: new Map() };
}

/** How large one random schema's part is. */
export interface Size {
  readonly selects: number;
  readonly writes: number;
}

/** Told of what happens, for who asks what other code would have made of it. */
export interface Onlooker {
  /** A schema was built. */
  built(this: void, world: World): Promise<void>;
  /** A result changed by a write that bumped these tags. */
  changed(
    this: void,
    query: Query,
    workspace: string | undefined,
    bumped: ReadonlySet<string>,
    told: () => string,
  ): void;
}

const focuses: readonly Focus[] = ['anything', 'views', 'with', 'joins', 'nested', 'spelling'];

interface Cached {
  readonly key: string;
  readonly query: Query;
  /** What app.w is set to, where it is. */
  readonly workspace: string | undefined;
  rows: string;
}

/**
 * One random schema, its SELECTs cached, and writes to it.
 * @param onlooker with one, the real code's own misses are not looked for, which takes most of the time
 * @returns the first miss, as a text to find it by
 */
export async function runBatch(
  world: World,
  seed: number,
  size: Size,
  tally: Tally,
  onlooker?: Onlooker,
): Promise<string | undefined> {
  const plan = planOf(seed);
  const choose = new Chooser(seed ^ 0x5bd1e995);
  await world.build(plan.statements);
  for (const relation of plan.relations.filter(({ writable, isView }) => writable && !isView))
    for (let at = choose.between(2, 5); at > 0; at--)
      await world.owner.query(insertOf(choose, relation, 1)).catch(() => undefined); // breaks a constraint
  await onlooker?.built(world);
  const cached = await cacheSome(world, choose, plan, seed, size.selects, tally);
  for (let at = 0; at < size.writes; at++) {
    const write = writeOf(choose, plan);
    world.takeBumped();
    tally.writes++;
    if (!(await send(world, write))) tally.failedWrites++;
    const bumped = world.takeBumped();
    const changed = (one: Cached) =>
      onlooker?.changed(one.query, one.workspace, bumped, () => told(seed, plan, one, write, '', []));
    const found = await lookAll(world, cached, tally, changed, !onlooker);
    if (found) return told(seed, plan, found.one, write, found.miss, await tagsOf(world, found.one.key));
  }
  return undefined;
}

async function cacheSome(
  world: World,
  choose: Chooser,
  plan: Plan,
  seed: number,
  count: number,
  tally: Tally,
) {
  const hasWorkspaces = plan.relations.some(({ workspace }) => workspace);
  const focus = choose.one(focuses);
  const cached: Cached[] = [];
  for (let at = 0; at < count * 3 && cached.length < count; at++) {
    const query = selectOf(choose, plan, focus);
    const group = plan.relations.flatMap(({ columns }) => columns).find(({ name }) => name === 'w');
    const workspace = hasWorkspaces
      ? soughtText(choose, group ? kinds[group.kind].group : 'text')
      : undefined;
    const one = { key: `${seed}:${at}`, query, workspace, rows: '' };
    try {
      const refused: string[] = [];
      const note = ({ error }: { error?: unknown }) => refused.push(String(error));
      world.cache.events.on('unstored', note);
      one.rows = await read(world, one);
      world.cache.events.off('unstored', note);
      if (refused[0] === undefined) cached.push(one);
      else {
        const reason = refused[0].replaceAll(/\(.*\)$|[\w.]*t\d\w*|[\w.]*v\d/g, '').trim();
        tally.refused.set(reason, (tally.refused.get(reason) ?? 0) + 1);
      }
    } catch {
      tally.failed++;
      world.cache.events.removeAllListeners('unstored');
    }
  }
  tally.cached += cached.length;
  for (const { key } of cached)
    if ((await tagsOf(world, key)).some((tag) => tag.includes('='))) tally.narrowed++;
  return cached;
}

/** Reads through the cache, and compares what was no load with what is true now. */
async function lookAll(
  world: World,
  all: readonly Cached[],
  tally: Tally,
  changed: (one: Cached) => void,
  compares: boolean,
): Promise<{ one: Cached; miss: string } | undefined> {
  const hits: Cached[] = [];
  for (const one of all) {
    const before = one.rows;
    let loaded = false;
    try {
      one.rows = await read(world, one, () => {
        loaded = true;
      });
    } catch {
      continue; // as a sub-select that gives two rows now: it was loaded, and nothing is stored
    }
    tally.cases++;
    if (!loaded) hits.push(one);
    else if (one.rows === before) tally.needless++;
    else {
      tally.changed++;
      changed(one);
    }
  }
  tally.kept += hits.length;
  if (!compares) return undefined;
  const fresh = await Promise.all(hits.map((one) => freshly(world, one)));
  const at = hits.findIndex(({ rows }, index) => fresh[index] !== undefined && fresh[index] !== rows);
  const one = hits[at];
  return one && { one, miss: `cached ${one.rows}\nfresh  ${fresh[at] ?? ''}` };
}

function read(
  world: World,
  { key, query, workspace }: Cached,
  onLoad: () => void = () => undefined,
): Promise<string> {
  return world.cache.getOrSet<string>(key, async () => {
    onLoad();
    if (workspace === undefined) return asText(await world.readers.query(asArrays(query)));
    const client = await world.readers.connect();
    try {
      const sent = [
        client.query('begin isolation level repeatable read read only'),
        // The last one holds.
        client.query(`select set_config('app.w', $1, true)`, ['0']),
        client.query(`select set_config('app.w', $1, true)`, [workspace]),
        client.query(asArrays(query)),
        client.query('commit'),
      ] as const;
      await Promise.allSettled(sent);
      return asText(await sent[3]);
    } finally {
      client.release();
    }
  });
}

/** Undefined where it fails, as a sub-select that gives two rows now. */
async function freshly({ fresh }: World, { query, workspace }: Cached): Promise<string | undefined> {
  const set = workspace !== undefined && fresh.query(`select set_config('app.w', $1, false)`, [workspace]);
  try {
    const answer = fresh.query(asArrays(query));
    await Promise.allSettled([set, answer]);
    return asText(await answer);
  } catch {
    return undefined;
  }
}

function asArrays({ text, values }: Query) {
  return { text, values: [...values], rowMode: 'array' as const };
}

function asText({ rows }: { rows: unknown[][] }): string {
  return rows
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join(' ');
}

async function send(world: World, write: Write): Promise<boolean> {
  const client = await world.writer.connect();
  let sent = true;
  try {
    for (const statement of write) await client.query(statement).catch(() => (sent = false));
    if (write.length > 1 && !sent) await client.query('rollback');
    return sent;
  } finally {
    client.release();
  }
}

async function tagsOf(world: World, key: string): Promise<readonly string[]> {
  const { tiers } = await world.cache.explain(key);
  return tiers[0]?.tags ?? [];
}

function told(
  seed: number,
  plan: Plan,
  one: Cached,
  write: Write,
  miss: string,
  tags: readonly string[],
): string {
  return [
    `stale (seed ${seed})`,
    ...plan.statements,
    `read${one.workspace === undefined ? '' : ` with app.w = '${one.workspace}'`}: ${one.query.text}`,
    `with ${JSON.stringify(one.query.values)}`,
    `write: ${write.join('; ')}`,
    miss,
    `tags ${JSON.stringify(tags)}`,
  ].join('\n');
}
