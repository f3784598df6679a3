import pg from 'pg';

/** The server's own words for "not now": stopping, crashed, starting, too many connections. */
const notNow = new Set(['57P01', '57P02', '57P03', '53300']);

/** What sockets and the driver say when the server is out of reach. */
const outOfReach =
  /ECONN|EPIPE|ENOENT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|timeout exceeded when trying to connect|Connection terminated|connection error|Client was closed/;

/** Whether a fault is the connection's and may pass, so that trying again can help; not a server that refuses us. */
export function isConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return notNow.has(error.code ?? '');
  return outOfReach.test(error.message) || ('code' in error && outOfReach.test(String(error.code)));
}
