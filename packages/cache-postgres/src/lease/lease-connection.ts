import pg from 'pg';
import { addStartupOptions } from '../connection/startup-options.ts';

/** Milliseconds for the whole of one answer; a look takes one or two. */
const answerTimeout = 10_000;

/**
 * With these a host that fell off the network loses its lock within ten seconds, a statement does not run on behind a
 * connection that was given up, and nothing of the administrator's ends the session because it is quiet. The plans of looks
 * are made when the outbox is empty and must not be those of an empty table: with 100,000 rows they took minutes. Without
 * sequential scans PostgreSQL takes a plan for so dear that it would compile each look, where it can: 1.7 s instead of 2 ms.
 */
const settings =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2 -c tcp_user_timeout=10000' +
  ' -c idle_session_timeout=0 -c statement_timeout=10000 -c enable_seqscan=off -c plan_cache_mode=force_custom_plan' +
  ' -c jit=off';

export interface LeaseConnectionOptions {
  readonly connection: pg.ClientConfig;
  /** Another tool wrote, or another process left rows, which the message says. */
  onNotify(this: void, message: string): void;
  /** Told when the connection ends, whoever ended it; perhaps twice. */
  onLost(this: void, error: Error, client: pg.Client): void;
}

/** Opens the connection that a lease stands on, and hears of what other tools write. */
export async function connectLease(options: LeaseConnectionOptions): Promise<pg.Client> {
  const { connection, onNotify, onLost } = options;
  const client = new pg.Client({
    connectionTimeoutMillis: answerTimeout,
    ...connection,
    query_timeout: answerTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  });
  addStartupOptions(client, settings);
  // The driver's own property, which its types leave out.
  const self = client as pg.Client & { processID: number };
  client.on('notification', ({ processId, payload = '' }) => {
    if (processId !== self.processID) onNotify(payload);
  });
  client.on('error', (error) => onLost(error, client));
  client.on('end', () => onLost(new Error('it was closed'), client));
  try {
    await client.connect();
    await client.query('listen vif_cache');
    return client;
  } catch (error) {
    // A server that refuses LISTEN, as a standby does, would else keep one more connection at each attempt.
    void client.end().catch(() => undefined);
    throw error;
  }
}
