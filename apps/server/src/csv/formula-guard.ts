/** What a spreadsheet takes for the start of a formula (OWASP, CSV injection), after any apostrophes of our own. */
const formula = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A cell that no spreadsheet runs: one that begins like a formula gets a leading apostrophe. */
export function guardFormula(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `guardFormula`, for every cell; also what a person typed after an apostrophe, `'+33…`. */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
