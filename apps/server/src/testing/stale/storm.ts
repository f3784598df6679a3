import { anyOf } from './any-of.ts';
import { StaleConnection } from './connection.ts';
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

/** What readers say that they take, one after the other. */
const codings = ['identity', 'br', 'gzip'];
/** How many reads everybody makes between two steps of one actor: hits are more than misses. */
const pace = { writer: 120, imports: 1500, newcomers: 4000, psql: 400 } as const;
/** With 3 a fifth of the questions is asked six times of ten, as a few pages are in life. */
const heat = 3;
/** How many ask at the moment when a write is acknowledged, and may find loads under way that began before it. */
const onlookers = 6;

/**
 * So many readers and the actors, on the same few records at once, for a time in milliseconds. Ends the run.
 * @throws when a connection fails; what is answered wrongly is noted in the run's figures
 */
export async function storm(
  run: StaleRun,
  { world, questions }: { readonly world: StaleWorld; readonly questions: readonly Question[] },
  { writers, imports, newcomers, psql }: StaleActors,
  { readers, duration }: { readonly readers: number; readonly duration: number },
): Promise<void> {
  const byHeat = hottestFirst(questions);
  const cookies = Object.values(world.members).map(({ cookie }) => cookie);
  const connections = Array.from(
    { length: readers + writers.length * onlookers },
    (_, at) => new StaleConnection(world.address, cookies[at % cookies.length], codings[at % codings.length]),
  );
  const everybody = connections.map((connection) => new StaleReader(run, connection));
  const writeAndLook = async (writer: StaleWriter, at: number) => {
    await writer.step();
    const first = readers + at * onlookers;
    await Promise.all(everybody.slice(first, first + onlookers).map((one) => one.ask(anyOf(byHeat, heat))));
  };
  const again = async (reads: number, step: () => Promise<unknown>) => {
    for (let due = run.afterReads(reads); ; ) {
      await due;
      if (run.over) return;
      due = run.afterReads(reads);
      await step();
    }
  };
  const timer = setTimeout(() => run.end(), duration);
  try {
    await Promise.all([
      ...everybody.slice(0, readers).map(async (reader) => {
        while (!run.over) await reader.ask(anyOf(byHeat, heat));
      }),
      ...writers.map((writer, at) => again(pace.writer, () => writeAndLook(writer, at))),
      again(pace.imports, () => imports.organisations()),
      again(pace.imports, () => imports.people()),
      again(pace.newcomers, () => newcomers.step()),
      again(pace.psql, () => psql.step()),
    ]);
  } finally {
    clearTimeout(timer);
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
