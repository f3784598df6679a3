/** Names and values of postgresql.conf. */
export type PostgresSettings = Readonly<Record<string, string>>;

/**
 * Written into a new cluster's postgresql.conf, where the administrator may change them. What isn't here is
 * PostgreSQL's default: fsync, synchronous_commit and full_page_writes are on, so an acknowledged write
 * outlives a power cut.
 */
export const initialSettings: PostgresSettings = {
  // Vif shares the machine with its own cache, and the kernel caches the files as well.
  shared_buffers: '128MB',
  // Vif's pools take about 30; the rest is for a second Vif, jobs and psql.
  max_connections: '100',
  // Compiling a statement takes longer than Vif's statements do.
  jit: 'off',
  // The same answer on every machine; people's own time zones are the web's business.
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The server's own life only: Vif gets the errors of its statements itself, and statements and details
  // (`Key (email)=(…) already exists`) hold people's data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  // One line every five minutes for as long as somebody works, and never read.
  log_checkpoints: 'off',
};

/** For the test suite only: loses data in a power cut, and a test's database has none to lose. */
export const unsafeTestSettings: PostgresSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};
