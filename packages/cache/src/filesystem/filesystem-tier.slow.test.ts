import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FilesystemTier } from './filesystem-tier.ts';

const rounds = 200;
const writer = join(import.meta.dirname, 'killed-writer.ts');

it('gives no torn value after its writer was killed in the middle, 200 times', {
  timeout: 240_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vif-cache-killed-'));
  // Each begins in a fraction of the time when its types are stripped once.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const cache = join(folder, 'cache');
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const child = spawn(process.execPath, [writer, cache], { stdio: ['ignore', 'pipe', 'inherit'], env });
    await once(child.stdout, 'data');
    await sleep(Math.random() * 30);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    const tier = await FilesystemTier.open<Buffer>({ folder: cache, maxBytes: 40e6 });
    for (let key = 0; key < 20; key++) {
      const stored = await tier.get(`key ${key}`);
      if (!stored) continue;
      found++;
      expect(String(stored.value.length)).toBe(stored.token.tags[0]);
      expect(stored.value.equals(Buffer.alloc(stored.value.length, stored.token.sequence))).toBe(true);
    }
  }
  expect(found).toBeGreaterThan(rounds * 4);
  await rm(folder, { recursive: true });
});
