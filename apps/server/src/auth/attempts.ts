import type pg from 'pg';

/** Milliseconds. */
const window = 60_000;

/** One attempt that was counted. */
export interface Attempt {
  readonly key: string;
  /** When the minute began that it was counted in, as the row has it. */
  readonly since: string;
}

/**
 * Counts attempts by key and minute, in PostgreSQL and by its clock: for all servers together. A minute begins with its
 * first attempt and ends whatever comes meanwhile, so that who tries now and then is never stopped for trying steadily.
 */
export class Attempts {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Counts one, in the same statement that looks whether it may be: of many at once, no more than `max` pass. */
  async count(key: string, max: number): Promise<Attempt | undefined> {
    const { rows } = await this.#pool.query<{ count: number; since: string }>(
      `insert into auth.rate_limit as r (key, count, "lastRequest")
       values ($1, 1, extract(epoch from clock_timestamp()) * 1000)
       on conflict (key) do update set
         count = case when r."lastRequest" > excluded."lastRequest" - $3 then r.count + 1 else 1 end,
         "lastRequest" =
           case when r."lastRequest" > excluded."lastRequest" - $3 then r."lastRequest" else excluded."lastRequest" end
       where r.count < $2 or r."lastRequest" <= excluded."lastRequest" - $3
       returning count, "lastRequest"::text as since`,
      [key, max, window],
    );
    const [counted] = rows;
    if (counted?.count === 1) await this.#forgetOld();
    return counted && { key, since: counted.since };
  }

  /** Takes one back, unless its minute is over. */
  async forget({ key, since }: Attempt): Promise<void> {
    await this.#pool.query(
      `update auth.rate_limit set count = count - 1 where key = $1 and "lastRequest" = $2 and count > 0`,
      [key, since],
    );
  }

  /** Seconds until the key's minute ends. */
  async secondsLeft(key: string): Promise<number> {
    const { rows } = await this.#pool.query<{ seconds: number }>(
      `select ceil(("lastRequest" + $2 - extract(epoch from clock_timestamp()) * 1000) / 1000)::integer as seconds
       from auth.rate_limit where key = $1`,
      [key, window],
    );
    return Math.max(rows[0]?.seconds ?? 1, 1);
  }

  /** The library's own counts are as short-lived. */
  async #forgetOld(): Promise<void> {
    await this.#pool.query(
      `delete from auth.rate_limit where key in (
         select key from auth.rate_limit where "lastRequest" <= extract(epoch from clock_timestamp()) * 1000 - $1
         for update skip locked
       )`,
      [window],
    );
  }
}
