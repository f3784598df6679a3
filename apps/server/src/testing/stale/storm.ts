import { anyOf } from './any-of.ts';
import { type StaleAsker, StaleConnection } from './connection.ts';
import type { StaleImports } from './imports.ts';
import type { StaleNewcomers } from './newcomers.ts';
import type { StalePsql } from './psql.ts';
import type { Question } from './questions.ts';
import { StaleReader } from './reader.ts';
import type { StaleRun } from './run.ts';
import type { StaleWorld } from './world.ts';
import type { StaleWriter } from './writer.ts';

export interface StaleActors {
  readonly writers: readonly StaleWriter[];
  readonly imports: StaleImports;
  readonly newcomers: StaleNewcomers;
  readonly psql: StalePsql;
}

interface StormScene {
  readonly world: StaleWorld;
  readonly questions: readonly Question[];
  /** Another way to Vif, for somebody with this cookie who takes this content coding; one to the world's address if left out. */
  readonly connect?: (cookie: string | undefined, coding: string | undefined) => StaleAsker;
}

interface StormExtent {
  readonly readers: number;
  /** How many ask at the moment when a write is acknowledged, and may find loads under way that began before it. */
  readonly onlookers?: number;
  /** How many reads everybody makes for each write of the writers, at the moment. */
  readonly readsPerWrite?: () => number;
  /** Resolves when it is over. */
  readonly until: Promise<unknown>;
}

/** What readers say that they take, one after the other. */
const codings = ['identity', 'br', 'gzip'];
/** How many reads everybody makes between two steps of one actor: hits are more than misses. */
const pace = { imports: () => 1500, newcomers: () => 4000, psql: () => 400 } as const;
/** With 3 a fifth of the questions is asked six times of ten, as a few pages are in life. */
const heat = 3;
/**
 * So many readers and the actors, on the same few records at once. Ends the run.
 * @throws when a connection fails; what is answered wrongly is noted in the run's figures
 */
export async function storm(
  run: StaleRun,
  { world, questions, connect = (...who) => new StaleConnection(world.address, ...who) }: StormScene,
  { writers, imports, newcomers, psql }: Pick<StaleActors, 'writers'> & Partial<StaleActors>,
  { readers, onlookers = 6, readsPerWrite = () => 60, until }: StormExtent,
): Promise<void> {
  const byHeat = hottestFirst(questions);
  const cookies = Object.values(world.members).map(({ cookie }) => cookie);
  const connections = Array.from({ length: readers + writers.length * onlookers }, (_, at) =>
    connect(cookies[at % cookies.length], codings[at % codings.length]),
  );
  const everybody = connections.map((connection) => new StaleReader(run, connection));
  const writeAndLook = async (writer: StaleWriter, at: number) => {
    await writer.step();
    const first = readers + at * onlookers;
    await Promise.all(everybody.slice(first, first + onlookers).map((one) => one.ask(anyOf(byHeat, heat))));
  };
  const again = async (reads: () => number, step: () => Promise<unknown>) => {
    for (let due = run.afterReads(reads()); ; ) {
      await due;
      if (run.over) return;
      due = run.afterReads(reads());
      await step();
    }
  };
  try {
    await Promise.all([
      until.then(() => run.end()),
      ...everybody.slice(0, readers).map(async (reader) => {
        while (!run.over) await reader.ask(anyOf(byHeat, heat));
      }),
      ...writers.map((writer, at) =>
        again(
          () => readsPerWrite() * writers.length,
          () => writeAndLook(writer, at),
        ),
      ),
      imports && again(pace.imports, () => imports.organisations()),
      imports && again(pace.imports, () => imports.people()),
      newcomers && again(pace.newcomers, () => newcomers.step()),
      psql && again(pace.psql, () => psql.step()),
    ]);
  } finally {
    run.end();
    for (const connection of connections) connection.close();
  }
}

/** One question of each kind, then a second of each … */
function hottestFirst(questions: readonly Question[]): Question[] {
  const kinds = [...Map.groupBy(questions, ({ kind }) => kind).values()];
  const most = Math.max(...kinds.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => kinds.flatMap((some) => some[at] ?? [])).flat();
}
