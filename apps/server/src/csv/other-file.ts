import type { OtherKind } from './csv-error.ts';

const signatures: readonly { readonly hex: string; readonly kind: OtherKind }[] = [
  { hex: '504b0304', kind: 'archive' },
  { hex: '504b0506', kind: 'archive' },
  // Compound File Binary, which .xls files are.
  { hex: 'd0cf11e0a1b11ae1', kind: 'spreadsheet' },
  { hex: '255044462d', kind: 'pdf' },
  { hex: '1f8b08', kind: 'archive' },
  { hex: '377abcaf271c', kind: 'archive' },
];

/** Names that stand uncompressed near the start of .xlsx and .ods files, which are zip archives. */
const inSpreadsheets = ['[Content_Types].xml', 'xl/', 'application/vnd.oasis.opendocument.spreadsheet'];

/** What kind of file its first bytes say it is, when that is not text. Salesforce and SAP call a web page `.xls`. */
export function otherKind(start: Buffer): OtherKind | undefined {
  const found = signatures.find(({ hex }) => start.subarray(0, hex.length / 2).toString('hex') === hex);
  const near = start.subarray(0, 4096);
  if (found?.kind === 'archive' && inSpreadsheets.some((name) => near.includes(name))) return 'spreadsheet';
  if (found) return found.kind;
  return /^\W{0,8}<(!doctype|html|head|table|\?xml)\b/i.test(near.toString('latin1'))
    ? 'web_page'
    : undefined;
}
