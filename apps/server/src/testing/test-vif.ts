import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@vif/contract/permissions';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../app.ts';
import { createWorkspace, type NewMember } from '../auth/create-workspace.ts';
import { openSession } from '../auth/open-session.ts';
import { openOwner } from '../db/open-owner.ts';
import { HouseDoor } from '../house.ts';
import { createLogger } from '../http/logging.ts';
import { type OpenHouse, openHouse } from '../open-house.ts';
import { cloneDatabase, type TestDatabase } from './test-database.ts';

/** What a test may want otherwise than the rest. */
export interface TestVifOptions {
  /** Vif's public address. */
  readonly url?: string;
  readonly logLevel?: 'info' | 'trace';
  readonly attemptsPerMinute?: number;
  /** The folder of a built web app. */
  readonly webFolder?: string;
  readonly behindProxy?: boolean;
  readonly poolSize?: number;
  /** What the cache may hold, in bytes. */
  readonly cacheMemory?: number;
  /** In place of a clone of the template; dropped in the end. */
  readonly on?: TestDatabase;
}

/** What a test asks of the app: a path, and what goes with it. */
interface Ask {
  readonly method?: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client's address as the socket has it. */
  readonly remoteAddress?: string;
}

/** Somebody signed in, who asks the app. */
export interface Asker {
  readonly userId: string;
  readonly cookie: string;
  readonly ask: (path: string, ask?: Ask) => Promise<LightMyRequestResponse>;
}

export interface TestVif {
  readonly app: FastifyInstance;
  /** Its `owner` writes past Vif, but not unseen: what it wrote is bumped before it is answered. */
  readonly database: TestDatabase;
  readonly house: OpenHouse;
  readonly uploadFolder: string;
  /** Lines the log was given. */
  readonly logged: string[];
  /** Asks without a session. */
  readonly ask: (path: string, ask?: Ask) => Promise<LightMyRequestResponse>;
  /** A new workspace with one member of each role. */
  workspace(name: string): Promise<Record<Role, Asker> & { id: string }>;
  close(): Promise<void>;
}

/**
 * The real HTTP application on a database of its own.
 * @example
 * const vif = await startVif();
 * const { admin } = await vif.workspace('Acme');
 * const answer = await admin.ask('/api/v1/organisations', { body: { name: 'Gravity' } });
 */
export async function startVif({
  url = 'http://vif.test',
  logLevel = 'info',
  attemptsPerMinute = 1000,
  webFolder,
  poolSize = 5,
  behindProxy = false,
  cacheMemory = 16 * 2 ** 20,
  on,
}: TestVifOptions = {}): Promise<TestVif> {
  const database = on ?? (await cloneDatabase());
  const logged: string[] = [];
  const logger = createLogger(logLevel, { write: (line: string) => void logged.push(line) });
  const houseDoor = new HouseDoor();
  const uploadFolder = await mkdtemp(join(tmpdir(), 'vif-uploads-'));
  const app = await buildApp({ houseDoor, logger, url, uploadFolder, webFolder, behindProxy });
  const house = await openHouse(database.owner, {
    connection: database.connection,
    poolSize,
    url,
    logger,
    attemptsPerMinute,
    cache: { memory: cacheMemory },
  });
  houseDoor.open(house);
  const owner = await openOwner(database.connection, house.cache.acknowledge);
  const ask = (path: string, { method, body, headers, remoteAddress }: Ask = {}, cookie?: string) =>
    app.inject({
      url: path,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(cookie && { cookie }), ...headers },
      ...(remoteAddress !== undefined && { remoteAddress }),
      ...(body !== undefined && { payload: body as object }), // inject takes what JSON takes
    });
  const asker = async (userId: string, workspaceId: string): Promise<Asker> => {
    const cookie = await openSession(house, userId, workspaceId);
    return { userId, cookie, ask: (path, options) => ask(path, options, cookie) };
  };
  const hashing = await hashOnce(house);
  let people = 0;
  return {
    app,
    database: { ...database, owner },
    house,
    uploadFolder,
    logged,
    ask: (path, options) => ask(path, options),
    async workspace(name) {
      const roles: Role[] = ['admin', 'manager', 'user', 'readonly'];
      const members: NewMember[] = roles.map((role) => ({
        role,
        name: `${role} of ${name}`,
        email: `${role}.${++people}@${name.toLowerCase()}.test`,
        password: `password of ${role}`,
      }));
      const made = await createWorkspace(owner, hashing, { name, country: 'FR' }, members);
      const askers = await Promise.all(
        made.userIds.map(async (userId, index) => [roles[index], await asker(userId, made.id)] as const),
      );
      return { id: made.id, ...(Object.fromEntries(askers) as Record<Role, Asker>) }; // one member a role, just made
    },
    async close() {
      await app.close();
      await owner.end();
      await house.close();
      await database.drop();
      await rm(uploadFolder, { recursive: true, force: true });
    },
  };
}

/** The house's own slow hash, asked once for each of the few passwords that tests give their members. */
async function hashOnce({ auth }: OpenHouse) {
  const context = await auth.$context;
  const hashes = new Map<string, Promise<string>>();
  const hash = (password: string) => {
    const made = hashes.get(password) ?? context.password.hash(password);
    hashes.set(password, made);
    return made;
  };
  return { $context: Promise.resolve({ ...context, password: { ...context.password, hash } }) };
}
