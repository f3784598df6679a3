import { StaleConnection } from './stale-connection.ts';
import type { StaleImports } from './stale-imports.ts';
import type { StaleNewcomers } from './stale-newcomers.ts';
import type { StalePsql } from './stale-psql.ts';
import type { Question } from './stale-questions.ts';
import { anyOf, StaleReader } from './stale-reader.ts';
import type { StaleRun } from './stale-run.ts';
import type { StaleWorld } from './stale-world.ts';
import type { StaleWriter } from './stale-writer.ts';

export interface StaleActors {
  readonly writers: readonly StaleWriter[];
  readonly imports: StaleImports;
  readonly newcomers: StaleNewcomers;
  readonly psql: StalePsql;
}

/** What readers say that they take, one after the other. */
const codings = ['identity', 'br', 'gzip'];
/** How many reads everybody makes between two steps of one actor: hits are more than misses. */
const pace = { writer: 80, imports: 1500, newcomers: 4000, psql: 300 } as const;
/** What a writer reads behind each write, as somebody does who wants to see it. */
const readsAfterWrite = 2;

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
    { length: readers },
    (_, at) => new StaleConnection(world.address, cookies[at % cookies.length], codings[at % codings.length]),
  );
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
      ...connections.map((connection) => new StaleReader(run, connection).readOn(byHeat)),
      ...writers.map((writer) => again(pace.writer, () => writeAndLook(writer, byHeat))),
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

async function writeAndLook(writer: StaleWriter, questions: readonly Question[]) {
  await writer.step();
  for (let read = 0; read < readsAfterWrite; read++) await writer.reader.ask(anyOf(questions));
}

/** One question of each kind, then a second of each … */
function hottestFirst(questions: readonly Question[]): Question[] {
  const kinds = [...Map.groupBy(questions, ({ kind }) => kind).values()];
  const most = Math.max(...kinds.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => kinds.flatMap((some) => some[at] ?? [])).flat();
}
