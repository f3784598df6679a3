import { randomFrom } from '../day/random.ts';
import { zipf } from '../day/zipf.ts';
import type { Trace } from './trace.ts';

const accesses = 1_000_000;
const things = 50_000;
const size = 2500;

/** Keys that nobody asks for again, after each so many that are chosen. */
const scan = { after: 10_000, keys: 5000 };

/** Keys chosen by Zipf's law, without scans and with them; the same at each run. */
export function generatedTraces(): Trace[] {
  return [
    { name: 'Zipf', about: `${things.toLocaleString('en')} keys by Zipf’s law`, size, keys: keys(false) },
    {
      name: 'Zipf with scans',
      about: `the same; after each ${scan.after.toLocaleString('en')} a scan of ${scan.keys.toLocaleString('en')} new ones`,
      size,
      keys: keys(true),
    },
  ];
}

function keys(scans: boolean): string[] {
  const choose = zipf(Array.from({ length: things }, (_, at) => `chosen ${at}`));
  const random = randomFrom(7);
  const asked: string[] = [];
  for (let chosen = 1; asked.length < accesses; chosen++) {
    asked.push(choose(random));
    if (!scans || chosen % scan.after !== 0) continue;
    for (let at = 0; at < scan.keys; at++) asked.push(`scanned ${asked.length}`);
  }
  return asked;
}
