/** Sends one statement of a read or a write, and gives its rows. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<readonly object[]>;

/** What somebody looks at. */
export interface ReadRequest {
  readonly route: string;
  /** The workspace's id, whose rows it sees. */
  readonly workspace: string;
  /** Tells it from all others of its route. */
  readonly key: string;
  readonly load: (ask: Ask) => Promise<unknown>;
}

/** What somebody saves, in one transaction. */
export interface WriteRequest {
  readonly change: string;
  readonly workspace: string;
  readonly save: (ask: Ask) => Promise<unknown>;
}

export type CrmRequest = ReadRequest | WriteRequest;
