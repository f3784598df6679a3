import type { RouteAnswer } from '@vif/contract';
import type { LightMyRequestResponse } from 'fastify';
import type { Asker } from './test-vif.ts';

type ImportAnswer = RouteAnswer<'organisations.import'>;

/** Sends a file to be imported; an array is its lines. */
export function sendCsv(
  asker: Asker,
  kind: 'organisations' | 'people',
  csv: string | Uint8Array | readonly string[],
  { language = 'en', file }: { language?: string; file?: string } = {},
): Promise<LightMyRequestResponse> {
  return asker.ask(`/api/v1/${kind}/import${file === undefined ? '' : `?file=${encodeURIComponent(file)}`}`, {
    method: 'POST',
    body: Array.isArray(csv) ? csv.join('\n') : csv,
    headers: { 'content-type': 'text/csv', 'accept-language': language },
  });
}

/** Imports a file that can be read and gives what became of it. Throws when it was refused. */
export async function importCsv(...args: Parameters<typeof sendCsv>): Promise<ImportAnswer> {
  const answer = await sendCsv(...args);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<ImportAnswer>();
}
