import cluster from 'node:cluster';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterAll(() => {
  vi.useRealTimers();
  cluster.setupPrimary({ cwd: process.cwd() });
});

function opened() {
  const said: string[] = [];
  const address = { port: 0, host: '127.0.0.1', url: 'http://127.0.0.1', local: 'http://127.0.0.1' };
  let wake = () => {};
  const say = (sentence: string) => {
    said.push(sentence);
    wake();
  };
  const until = async (count: number) => {
    while (said.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await promise;
    }
  };
  const pool = new WorkerPool({ count: 1, address, args: [], say });
  return { pool, said, until };
}

it('tries again where a worker cannot be started, with growing pauses', async () => {
  // Where the system refuses another process, Node tells of it as it does of a folder that is not there.
  cluster.setupPrimary({ cwd: '/nowhere' });
  const { pool, said, until } = opened();
  const forks = vi.spyOn(cluster, 'fork');
  await until(1);
  expect(said[0]).toMatch(/^Worker 1 could not be started \(.*ENOENT\)/);
  vi.advanceTimersByTime(100);
  await until(2);
  vi.advanceTimersByTime(199);
  expect(forks).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(forks).toHaveBeenCalledTimes(2);
  await pool.stop();
  forks.mockRestore();
});

it('tries again where starting one throws, as without memory', async () => {
  const forks = vi.spyOn(cluster, 'fork').mockImplementation(() => {
    throw new Error('spawn ENOMEM');
  });
  const { pool, said } = opened();
  expect(said).toEqual([expect.stringContaining('could not be started (spawn ENOMEM)')]);
  vi.advanceTimersByTime(100);
  expect(forks).toHaveBeenCalledTimes(2);
  await pool.stop();
  forks.mockRestore();
});
