/**
 * Whether an error of Node or of the pg driver carries one of these codes.
 *
 * @example
 * hasCode(error, 'ENOENT')
 */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
