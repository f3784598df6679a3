/** What is said of a process that served and cannot go on, because another does that has not its authority. */
export const cacheOff = {
  another: 'The cache is off: another process has this database, or our lost connection still counts.',
  elsewhere:
    'The cache is off: others serve this database with another Redis. Give all of them the same (Vif: REDIS_URL).',
};

/** What is said when writes may leave no row: those of a table, or of a transaction that a crash found prepared. */
export function cacheOffOver(untracked: readonly string[]): string {
  const names = untracked.join(', ');
  return untracked.some((name) => name.startsWith('prepared transaction '))
    ? `The cache is off: PostgreSQL crashed with this still open: ${names}. It is on again after COMMIT PREPARED or ROLLBACK PREPARED.`
    : `The cache is off: triggers that tell of writes are missing or not always on, on ${names}. vif_cache.track and retrack put them right; Vif does so when it starts.`;
}
