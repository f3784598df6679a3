import { hash } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthMiddleware, getIP, isAPIError } from 'better-auth/api';
import type pg from 'pg';
import { type Attempt, Attempts } from './attempts.ts';

export const signInPath = '/sign-in/email';

/** How many times the limit of one account may fail from one address, over all accounts: an office mistypes together. */
const ofAddress = 5;

/**
 * Limits how often is guessed, and not how many people sign in from where they all are: an account is tried from one
 * address so many times in a minute, and an address fails five times as often, over all accounts. Each attempt counts as
 * failed until it did not, so that many at once are counted as well.
 */
export function signInLimit(pool: pg.Pool, attemptsPerMinute: number) {
  const attempts = new Attempts(pool);
  const counted = new WeakMap<Request, Attempt>();
  const matcher = ({ path }: { path?: string }) => path === signInPath;
  const count = async (key: string, max: number) => {
    const attempt = await attempts.count(key, max);
    if (attempt) return attempt;
    const retryAfter = String(await attempts.secondsLeft(key));
    throw new APIError('TOO_MANY_REQUESTS', undefined, { 'x-retry-after': retryAfter });
  };
  return {
    id: 'vif-sign-in-limit',
    hooks: {
      before: [
        {
          matcher,
          handler: createAuthMiddleware(async ({ request, body, context }) => {
            if (!request) return;
            const address = `${getIP(request, context.options) ?? 'unknown'}|${signInPath}`;
            const atAddress = await count(address, ofAddress * attemptsPerMinute);
            try {
              await count(`${address}|${accountOf(body)}`, attemptsPerMinute);
            } catch (error) {
              await attempts.forget(atAddress); // whose program keeps trying an old password stops nobody else
              throw error;
            }
            counted.set(request, atAddress);
          }),
        },
      ],
      after: [
        {
          matcher,
          handler: createAuthMiddleware(async ({ request, context }) => {
            const attempt = request && counted.get(request);
            if (attempt && !isAPIError(context.returned)) await attempts.forget(attempt);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

/** Neither long nor anybody's address, whatever was sent; whether there is such an account makes no difference. */
function accountOf(body: unknown): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return hash('sha256', typeof email === 'string' ? email.toLowerCase() : '', 'base64url');
}
