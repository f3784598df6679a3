import type { CellReading } from './cell-reading.ts';

const yes = new Set(['oui', 'o', 'yes', 'y', 'true', 'vrai', '1', 'actif', 'active', 'on', 'x']);
const no = new Set(['non', 'n', 'no', 'false', 'faux', '0', 'inactif', 'inactive', 'off']);

/** Yes or no in French, English and as spreadsheets write it. Blank is `undefined`: the record's default. */
export function readFlag(cell: string): CellReading<boolean | undefined> {
  const word = cell.trim().toLowerCase();
  if (word === '') return { ok: true, value: undefined };
  if (yes.has(word)) return { ok: true, value: true };
  return no.has(word) ? { ok: true, value: false } : { ok: false, code: 'invalid_flag' };
}
