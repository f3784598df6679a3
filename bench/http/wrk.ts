import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../vif/child.ts';
import { connections, type Load, requireFresh, type Volley, type Volleyed } from './load.ts';
import { wrkFigures, wrkScript } from './wrk-script.ts';

/** wrk (https://github.com/wg/wrk) with one thread; undefined where there is none. */
export function findWrk(): Load | undefined {
  const { stdout, error } = spawnSync('wrk', ['--version'], { encoding: 'utf8' });
  if (error) return undefined;
  const [version = 'wrk'] = /wrk \S+/.exec(stdout) ?? [];
  return { name: version, fire };
}

async function fire(volley: Volley, signal: AbortSignal): Promise<Volleyed> {
  const { origin, addresses, headers, seconds } = volley;
  // For this user alone: the script holds a session.
  const folder = await mkdtemp(join(tmpdir(), 'vif-bench-'));
  try {
    const script = join(folder, 'volley.lua');
    await writeFile(script, wrkScript(addresses, headers));
    const address = addresses.length === 1 ? (addresses[0] ?? '') : '/';
    const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script];
    await using wrk = startChild('wrk', [...options, `${origin}${address}`]);
    await wrk.ends(signal);
    return read(wrk.said(), volley);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function read(said: string, volley: Volley): Volleyed {
  const figures = /^figures (.+)$/m.exec(said)?.[1]?.split(' ').map(Number) ?? [];
  if (figures.length !== wrkFigures.length) throw new Error(`wrk said something else than asked: ${said}`);
  const [requests = 0, microseconds = 1, bytes = 0, p50 = 0, p99 = 0, ...errors] = figures;
  if (requests === 0 || errors.some((number) => number > 0)) {
    const names = wrkFigures.slice(-errors.length).map((name) => name.split('.').at(-1));
    const counts = errors.map((number, at) => `${names[at]} ${number}`);
    throw new Error(`${requests} requests to ${volley.origin}, errors: ${counts.join(', ')}.`);
  }
  requireFresh(volley, requests);
  return {
    requests,
    perSecond: requests / (microseconds / 1e6),
    p50: p50 / 1000,
    p99: p99 / 1000,
    bytes: bytes / requests,
  };
}
