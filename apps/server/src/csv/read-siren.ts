/** The SIREN of a cell that holds a SIREN or a SIRET, whose first nine digits are the SIREN; anything else as it is. */
export function readSiren(cell: string): string {
  const digits = cell.replaceAll(/[\s.\u00A0\u202F]/g, '');
  return /^\d{14}$/.test(digits) ? digits.slice(0, 9) : cell;
}
