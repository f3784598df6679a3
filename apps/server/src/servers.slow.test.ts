import { whyNoRedis } from '@vif/cache/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOfLog } from './testing/servers/complaints-of-log.ts';
import { type SeveralVifs, startSeveralVifs } from './testing/servers/several-vifs.ts';
import { stormServers } from './testing/servers/storm-servers.ts';
import { promised } from './testing/stale/psql.ts';
import { StaleRun } from './testing/stale/run.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`Four servers${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const run = new StaleRun();
  let several: SeveralVifs;

  beforeAll(async () => {
    several = await startSeveralVifs(4);
  });
  afterAll(() => several.remove());

  it('answer nothing stale while servers, Redis and PostgreSQL are killed, stopped and cut off', {
    timeout: 300_000,
  }, async () => {
    await stormServers(run, several, {
      calmChanges: 10,
      more: (round) => round <= 1,
      say: (line) => console.error(line),
    });
    const { figures } = run;
    console.log(figures.line('Four servers'));
    expect(figures.stale.slice(0, 10), `${figures.stale.length} stale reads`).toEqual([]);
    expect(figures.faults.slice(0, 10), `${figures.faults.length} faults`).toEqual([]);
    expect(figures.readCount).toBeGreaterThan(5000);
    expect(figures.hitRate).toBeGreaterThan(0.2);
    expect(figures.seen.filter(({ milliseconds }) => milliseconds > promised)).toEqual([]);
  });

  it('said nothing on their logs that is a fault of their own, and stop when they are told to', async () => {
    const codes = await Promise.all(several.vifs.map((vif) => vif.signal('SIGTERM')));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(several.vifs.flatMap((vif) => complaintsOfLog(vif.said()))).toEqual([]);
  });
});
