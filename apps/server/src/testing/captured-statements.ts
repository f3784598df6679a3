import pg from 'pg';

/** A statement as the server sent it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What opens and ends a transaction, which every request has once; and the cache's own, which no request sends. */
const frame =
  /^\s*(begin|commit|rollback|listen|select set_config|select pg_(try_)?advisory_)|\bvif_cache\.|\bcurrent_schemas\(true\)|to_regnamespace\('vif_cache'\)/i;

/**
 * Keeps every statement that the server's own role sends from now on, at the last place before the socket, so that tests
 * judge what is sent and not what a query builder says it would send.
 *
 * @example
 * const sent = captureStatements();
 * await admin.ask('/api/v1/people');
 * sent.take() // [{ text: 'select …', values: […] }], without begin, set_config and commit
 */
export function captureStatements(): { take(): Statement[]; stop(): void } {
  let taken: Statement[] = [];
  const { prototype } = pg.Client;
  const original = Object.getOwnPropertyDescriptor(prototype, 'query');
  const send: unknown = original?.value;
  if (!original || typeof send !== 'function') throw new Error('pg’s client has no query of its own');
  Object.defineProperty(prototype, 'query', {
    ...original,
    value(this: pg.Client, ...given: unknown[]): unknown {
      const [first, second] = given;
      const asked = typeof first === 'string' ? { text: first, values: second } : first;
      if (this.user?.startsWith('vif_app_') && isStatement(asked) && !frame.test(asked.text)) {
        const values: unknown[] = Array.isArray(asked.values) ? asked.values : [];
        taken.push({ text: asked.text, values: [...values] });
      }
      return send.apply(this, given);
    },
  });
  return {
    take() {
      const all = taken;
      taken = [];
      return all;
    },
    stop: () => void Object.defineProperty(prototype, 'query', original),
  };
}

function isStatement(asked: unknown): asked is { text: string; values?: unknown } {
  return typeof asked === 'object' && asked !== null && 'text' in asked && typeof asked.text === 'string';
}
