import { Meanings, Recording, readCatalogue } from '@vif/cache-postgres/testing';
import pg from 'pg';
import { median } from '../report/median.ts';
import { anyOrganisation, workspace } from './ids.ts';
import { rowText } from './reading.ts';

/** What finding out takes by itself, without a database, in microseconds of the processor's time a statement. */
export interface DependencyTimes {
  /** Of a text that was understood before. */
  readonly again: number;
  /** Of a text that was not: it is parsed. */
  readonly first: number;
}

const statements = 20;
const loads = 1000;
const texts = 200;

export async function measureDependencies(
  connection: pg.ClientConfig,
  rounds: number,
): Promise<DependencyTimes> {
  const client = new pg.Client(connection);
  await client.connect();
  const catalogue = await readCatalogue(client);
  await client.end();
  const meanings = new Meanings(catalogue);
  const recorded = { meanings: () => Promise.resolve(meanings) };
  const again: number[] = [];
  const first: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const began = used();
    for (let load = 0; load < loads; load++) {
      const recording = new Recording();
      for (let sent = 0; sent < statements; sent++)
        recording.sent(recorded, rowText, [workspace, anyOrganisation()])(false);
      const { refused } = await recording.end();
      if (refused !== undefined) throw new Error(refused);
    }
    const between = used();
    for (let text = 0; text < texts; text++) meanings.of(`${rowText} /* ${round}, ${text} */`);
    if (round === 0) continue; // for the compiler
    again.push((between - began) / loads / statements);
    first.push((used() - between) / texts);
  }
  return { again: median(again), first: median(first) };
}

/** Microseconds of this process's processor time, which others on the machine do not lengthen. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
