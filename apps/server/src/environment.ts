import { resolve } from 'node:path';
import { z } from 'zod';

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional());
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'an address such as postgres://owner:password@host:5432/database',
});
const redisUrl = z
  .url({ protocol: /^rediss?$/, error: 'an address such as redis://user:password@host:6379/0' })
  .refine(
    (url) => /^(\/\d{0,5})?$/.test(URL.parse(url)?.pathname ?? ''),
    'its path is the number of a database, such as /0',
  )
  .refine(isDecodable, 'a % in its user or password is written %25');
const wholeNumber = (least: number, most: number) => {
  const error = `a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const variables = z.object({
  PORT: z.preprocess(blankIsAbsent, wholeNumber(0, 65_535).default(3000)),
  HOST: z.preprocess(blankIsAbsent, z.string().default('127.0.0.1')),
  /** The address people type, behind a proxy; links are made from it, never from a request's Host. */
  VIF_URL: optional(
    z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => URL.parse(url)?.pathname === '/' && !/[?#]/.test(url),
        'name no path: Vif is the whole of its address',
      ),
  ),
  VIF_DATA: z.preprocess(blankIsAbsent, z.string().default('./data')),
  DATABASE_URL: optional(postgresUrl),
  DATABASE_APP_URL: optional(postgresUrl),
  /** Connections kept for requests (D4), shared out among the workers; as many again at most are made for signing in. */
  DATABASE_POOL: optional(wholeNumber(2, 500)),
  /** Where answers are kept besides the process's memory, and what was written is noted. */
  REDIS_URL: optional(redisUrl),
  /** What the process may grow by for the cache, in MiB; 0 turns it off. */
  CACHE_MEMORY: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(/^\d{1,7}$/, 'a whole number of MiB, such as 64; 0 turns the cache off')
      .transform(Number)
      .default(64),
  ),
  /** Processes that answer requests. */
  VIF_WORKERS: z.preprocess(blankIsAbsent, wholeNumber(1, 64).default(1)),
  LOG_LEVEL: z.preprocess(
    blankIsAbsent,
    z.enum(levels, { error: `one of ${levels.join(', ')}` }).default('warn'),
  ),
  NODE_ENV: optional(z.string()),
  LC_ALL: optional(z.string()),
  LC_MESSAGES: optional(z.string()),
  LANG: optional(z.string()),
  /** Set by npm, for what it runs. */
  npm_lifecycle_event: optional(z.string()),
  /** The folder that `npm run` was called in; npm itself goes to the package's. */
  INIT_CWD: optional(z.string()),
});

const schema = variables.refine(
  ({ VIF_WORKERS, REDIS_URL }) => VIF_WORKERS === 1 || REDIS_URL !== undefined,
  {
    path: ['VIF_WORKERS'],
    error: 'several processes need one cache in common: set REDIS_URL as well, or leave it at 1',
  },
);

/** Whether each % in who is to sign in begins a letter, as `decodeURIComponent` takes it. */
function isDecodable(url: string): boolean {
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** What the administrator has set, checked once at start. Folders are absolute. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly url: string | undefined;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly databaseAppUrl: string | undefined;
  /** Of one process. */
  readonly databasePool: number;
  readonly redisUrl: string | undefined;
  /** Bytes. */
  readonly cacheMemory: number;
  /** How many processes answer requests. */
  readonly workers: number;
  readonly logLevel: (typeof levels)[number];
  /** Of whoever runs a command, by their locale (POSIX.1 §8.2). */
  readonly language: 'fr' | 'en';
  readonly startedByNpm: boolean;
  /** What a command's paths are relative to. */
  readonly callerFolder: string;
}

/**
 * Reads the environment.
 * @throws {Error} naming every variable that is not as it must be, without its value (it may be a secret).
 */
export function readEnvironment(given: NodeJS.ProcessEnv = process.env): Environment {
  const read = schema.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not as it must be.\n  ${faults.join('\n  ')}`);
  }
  const value = read.data;
  const databasePool = value.DATABASE_POOL ?? (value.NODE_ENV === 'development' ? 5 : 20);
  return {
    port: value.PORT,
    host: value.HOST,
    url: value.VIF_URL?.replace(/\/+$/, ''),
    dataFolder: resolve(value.VIF_DATA),
    databaseUrl: value.DATABASE_URL,
    databaseAppUrl: value.DATABASE_APP_URL,
    databasePool: Math.max(2, Math.floor(databasePool / value.VIF_WORKERS)),
    redisUrl: value.REDIS_URL,
    cacheMemory: value.CACHE_MEMORY * 2 ** 20,
    workers: value.VIF_WORKERS,
    logLevel: value.LOG_LEVEL,
    language: /^fr/i.test(value.LC_ALL ?? value.LC_MESSAGES ?? value.LANG ?? '') ? 'fr' : 'en',
    startedByNpm: value.npm_lifecycle_event !== undefined,
    callerFolder: value.INIT_CWD ?? process.cwd(),
  };
}
