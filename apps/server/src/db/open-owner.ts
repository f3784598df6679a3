import { type Acknowledge, acknowledgingClient } from '@vif/cache-postgres';
import type pg from 'pg';

/**
 * A connection of the owner whose writes are answered when no reader can find the older value any more. The database
 * must have been migrated. The caller ends it.
 */
export async function openOwner(connection: pg.ClientConfig, acknowledge: Acknowledge): Promise<pg.Client> {
  const Client = acknowledgingClient(acknowledge);
  const owner = new Client(connection);
  await owner.connect();
  return owner;
}
