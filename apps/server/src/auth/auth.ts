import { betterAuth } from 'better-auth';
import { organization } from 'better-auth/plugins/organization';
import type pg from 'pg';
import type { Logger } from 'pino';
import { joinInTurn } from './join-in-turn.ts';
import { logOfLibrary } from './library-faults.ts';
import { membershipsOf } from './memberships.ts';
import { signInLimit, signInPath } from './sign-in-limit.ts';

export interface AuthOptions {
  readonly pool: pg.Pool;
  readonly cookieSecret: string;
  /** The public address: links and cookies are made for it. */
  readonly url: string;
  /** From one address in a minute: attempts to sign in to one account, or to change a password. */
  readonly attemptsPerMinute: number;
  readonly logger: Logger;
}

/** Carries the client's address to the sign-in library; the HTTP layer sets it and nobody else can. */
export const clientAddressHeader = 'x-vif-client-address';

/**
 * The sign-in library as Vif uses it: e-mail and password, sessions as rows, no open sign-up. Only the routes of
 * session.routes.ts reach it. Membership is read here and written nowhere: its role may not (grants-auth.sql).
 */
export function createAuth({ pool, cookieSecret, url, attemptsPerMinute, logger }: AuthOptions) {
  return betterAuth({
    appName: 'Vif',
    baseURL: url,
    basePath: '/api/auth',
    secret: cookieSecret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disableColors: true, log: logOfLibrary(logger) },
    onAPIError: { throw: true }, // to library-call.ts; the library would write it to standard error
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    // A session lasts 30 days from its last use. Not in a cookie: signed-in-by.ts caches it, where ending it ends it.
    session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      customRules: {
        [signInPath]: false, // sign-in-limit.ts counts by account
        '/change-password': { window: 60, max: attemptsPerMinute },
        '/verify-password': { window: 60, max: attemptsPerMinute },
      },
    },
    advanced: {
      cookiePrefix: 'vif',
      useSecureCookies: url.startsWith('https:'),
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            // Without a workspace the session opens no door but an invitation's.
            const [first] = await membershipsOf(pool, session.userId);
            return { data: { ...session, activeOrganizationId: first?.workspace.id ?? null } };
          },
        },
      },
    },
    plugins: [
      organization({ allowUserToCreateOrganization: false }),
      joinInTurn,
      signInLimit(pool, attemptsPerMinute),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
