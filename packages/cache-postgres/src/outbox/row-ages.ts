/**
 * How long rows have waited at most, told by looks alone, so that no other clock than this process's takes part: a row was
 * not there when the last look was sent that did not find it. That stays true when the connection is lost.
 */
export class RowAges {
  #bornAfter = new Map<string, number>();
  #looked = -Infinity;

  /** The moment after which a row that a look finds was committed. */
  bornAfter(id: string): number {
    return this.#bornAfter.get(id) ?? this.#looked;
  }

  /**
   * A look went through all that waited.
   * @param sent when it was sent
   * @param left what it found and left
   */
  looked(sent: number, left: readonly string[]): void {
    this.#bornAfter = new Map(left.map((id) => [id, this.bornAfter(id)]));
    this.#looked = sent;
  }
}
