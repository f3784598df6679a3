/** What one check found. `read` is how many files it looked at: a check that read none has proved nothing. */
export interface CheckResult {
  problems: string[];
  read: number;
  /** Said beside the result, for instance a measurement or why the check had nothing to do. */
  note?: string;
}

/** Judges the project at `root` (an absolute path). It throws only when it could not do its work. */
export type Check = (root: string) => Promise<CheckResult> | CheckResult;
