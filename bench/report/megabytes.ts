/** Bytes in millions, as text. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
