import type { BetterAuthPlugin } from 'better-auth';

/** What a row is joined by. */
interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly userId?: string;
}

/**
 * Reads what the library joins in a statement of its own, as the library does by itself; but that writes a fault of the
 * second past every log to standard error. Its one statement for both would make a session depend on every user.
 */
export const joinInTurn = {
  id: 'vif-join-in-turn',
  init({ adapter }) {
    const { findOne, findMany } = adapter;
    const joined = new Map<string, (row: Row) => Promise<unknown>>([
      ['user', ({ userId }) => findOne({ model: 'user', where: [{ field: 'id', value: userId ?? null }] })],
      ['account', ({ id }) => findMany({ model: 'account', where: [{ field: 'userId', value: id }] })],
    ]);
    adapter.findOne = async <T>(asked: Parameters<typeof findOne>[0]) => {
      const { join = {}, ...alone } = asked;
      const wanted = Object.keys(join).flatMap((model) => {
        const find = joined.get(model);
        return find ? [{ model, find }] : [];
      });
      if (wanted.length < Object.keys(join).length) return findOne<T>(asked);
      const row = await findOne<Row>(alone);
      if (row) for (const { model, find } of wanted) row[model] = await find(row);
      return row as T | null; // the row with what was to be joined, which is what the caller's T describes
    };
  },
} satisfies BetterAuthPlugin;
