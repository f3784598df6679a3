import type { Stored } from '../tier.ts';
import { FilesystemTier } from './filesystem-tier.ts';

// Run by filesystem-tier.slow.test.ts, which kills it: writes values of one repeated byte under a few keys, for ever.
const [folder = ''] = process.argv.slice(2);
const tier = await FilesystemTier.open<Buffer>({ folder, maxBytes: 40e6 });
/** So many are whole before the kill, however busy the machine is. */
const enough = 6;
for (let at = 0; ; at++) {
  // Larger than what Node writes at once (512 KiB), so that a kill finds some half written.
  const value = Buffer.alloc(10_000 + (at % 4) * 900_000, at);
  const stored: Stored<Buffer> = {
    value,
    token: { epoch: 'e', sequence: at, tags: [String(value.length)] },
    namespace: 'ns',
    storedAt: 0,
    expires: Infinity,
    keptUntil: Infinity,
    bytes: value.length,
  };
  await tier.set(`key ${at % 20}`, stored);
  if (at === enough) process.stdout.write('writing\n');
}
