import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** A plain connection of the database's owner, as psql's is, to the PostgreSQL of a Vif that runs on a data folder. */
export async function connectOwner(vifData: string): Promise<pg.Client> {
  const password = (await readFile(join(vifData, 'postgres-password'), 'utf8')).trim();
  // PostgreSQL's own file: the port is on its fourth line and the socket's folder, which may be none, on its fifth.
  const postmaster = await readFile(join(vifData, 'postgres', 'postmaster.pid'), 'utf8');
  const [, , , port, socketFolder] = postmaster.split('\n').map((line) => line.trim());
  const client = new pg.Client({
    host: socketFolder || '127.0.0.1',
    port: Number(port),
    user: 'vif',
    password,
    database: 'vif',
  });
  await client.connect();
  return client;
}
