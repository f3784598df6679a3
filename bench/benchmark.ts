/** One of the things that `npm run bench` can measure. */
export interface Benchmark {
  /** What it measures, in a line. */
  readonly about: string;
  /**
   * Measures it and says the result.
   * @param args the arguments behind its name
   * @param signal aborted by Ctrl-C: everything it started is then stopped before the promise rejects
   * @throws {Error} with a sentence when it cannot, or when what it measured cannot be trusted
   */
  readonly run: (args: readonly string[], signal: AbortSignal) => Promise<void>;
}
