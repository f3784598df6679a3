import pg from 'pg';

/** In words what to do, where the database says that the tracking is not there, or not for this role; else the error itself. */
export function explained(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || !/\bvif_cache\b/.test(error.message)) return error;
  const sentence = sentences[error.code ?? ''];
  return sentence === undefined ? error : new Error(`${sentence} (${error.message}).`, { cause: error });
}

const notInstalled = 'Nothing is tracked in this database: run installTracking, as the owner of its tables';

/** By PostgreSQL's code. */
const sentences: Readonly<Record<string, string>> = {
  '3F000': notInstalled,
  '42P01': notInstalled,
  '42501': "This role may not cache: run select vif_cache.allow('its name'), as the owner of the tables",
};
