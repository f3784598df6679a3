import type { Role } from '@vif/contract/permissions';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { buildApp } from '../app.ts';
import { createWorkspace, type NewMember } from '../auth/create-workspace.ts';
import { openSession } from '../auth/open-session.ts';
import { HouseDoor } from '../house.ts';
import { type OpenHouse, openHouse } from '../open-house.ts';
import { cloneDatabase, type TestDatabase } from './test-database.ts';

const url = 'http://vif.test';

/** What a test asks of the app: a path, and what goes with it. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody signed in, who asks the app. */
export interface Asker {
  readonly userId: string;
  readonly cookie: string;
  ask(path: string, ask?: Ask): Promise<LightMyRequestResponse>;
}

export interface TestVif {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly house: OpenHouse;
  /** Lines the log was given. */
  readonly logged: string[];
  /** Asks without a session. */
  ask(path: string, ask?: Ask): Promise<LightMyRequestResponse>;
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
export async function startVif(): Promise<TestVif> {
  const database = await cloneDatabase();
  const logged: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const houseDoor = new HouseDoor();
  const app = await buildApp({ houseDoor, logger, url });
  const house = await openHouse(database.owner, {
    connection: database.connection,
    poolSize: 5,
    url,
    logger,
    attemptsPerMinute: 1000,
  });
  houseDoor.open(house);
  const ask = (path: string, { method, body, headers }: Ask = {}, cookie?: string) =>
    app.inject({
      url: path,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { payload: body as object }), // inject takes what JSON takes
    });
  const asker = async (userId: string, workspaceId: string): Promise<Asker> => {
    const cookie = await openSession(house, userId, workspaceId);
    return { userId, cookie, ask: (path, options) => ask(path, options, cookie) };
  };
  let people = 0;
  return {
    app,
    database,
    house,
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
      const made = await createWorkspace(database.owner, house.auth, { name, country: 'FR' }, members);
      const askers = await Promise.all(
        made.userIds.map(async (userId, index) => [roles[index], await asker(userId, made.id)] as const),
      );
      return { id: made.id, ...(Object.fromEntries(askers) as Record<Role, Asker>) }; // one member a role, just made
    },
    async close() {
      await app.close();
      await house.close();
      await database.drop();
    },
  };
}
