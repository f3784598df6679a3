import type { RouteAnswer } from '@vif/contract';
import { type Day, externalIdPrefix } from './day.ts';

const rowsOfFile = 300;

/** Brings in a file: of organisations and of people by turns, of which the first two make records and others change them. */
export async function importSomething({ ledger }: Day, round: number): Promise<void> {
  const kind = round % 2 === 0 ? 'organisations' : 'people';
  const header =
    kind === 'organisations' ? 'External ID,Name,City,Notes' : 'External ID,Last Name,First Name,Notes';
  const rows = Array.from(
    { length: rowsOfFile },
    (_, at) => `${externalIdPrefix}${at},Import ${at},Brest,Version ${round}`,
  );
  const answer = await ledger.ask(`${kind}.import`, [200], `/api/v1/${kind}/import`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: [header, ...rows].join('\n'),
  });
  if (!answer) return;
  // The contract's answer to this route.
  const { created, updated, rejected } = JSON.parse(
    answer.body.toString(),
  ) as RouteAnswer<'organisations.import'>;
  if (created + updated === rowsOfFile) return;
  const reason = rejected[0]?.reason ?? '';
  ledger.fault(`${kind}.import`, `${created} created, ${updated} updated of ${rowsOfFile}. ${reason}`);
}
