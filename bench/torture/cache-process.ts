import type { OpenCache } from '../peers/peer.ts';
import type { Row } from './database.ts';
import type { FromProcess, Question, Start, ToProcess } from './process-messages.ts';

/** A process of its own with one cache; its database is the process that started it. */
let cache: OpenCache<Row>;
const loads = new Map<number, (row: Row) => void>();

function say(message: FromProcess): void {
  process.send?.(message);
}

/** Before any cache is imported, which may take the time at once. */
function setClock(ahead: number): void {
  const RealDate = Date;
  const now = () => RealDate.now() + ahead;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      // A constructor of dates makes dates.
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    get(target, name, receiver) {
      const property: unknown = Reflect.get(target, name, receiver);
      return name === 'now' ? now : property;
    },
  });
}

async function start({ peer: name, opening, clock }: Start): Promise<void> {
  if (clock !== 0) setClock(clock);
  const { peers } = await import('../peers/peers.ts');
  const peer = peers.find((one) => one.name === name);
  if (!peer) throw new Error(`There is no cache called ${name}.`);
  cache = await peer.open<Row>(opening);
  await cache.read('warm', async () => ({ version: 0, committed: true }));
  say({ kind: 'started' });
}

async function answer(number: number, question: Question): Promise<Row | undefined> {
  switch (question.ask) {
    case 'read': {
      const load = () =>
        new Promise<Row>((resolve) => {
          loads.set(number, resolve);
          say({ kind: 'load', number });
        });
      return cache.read(question.key, load, question.tags);
    }
    case 'deleteKey':
      await cache.deleteKey(question.key);
      return undefined;
    case 'invalidateTags':
      await cache.invalidateTags?.(question.tags);
      return undefined;
    case 'write':
      // Whoever commits first is killed at the COMMIT and never comes to what is behind it.
      if (question.order === 'invalidate first') {
        if (question.tags.length > 0) await cache.invalidateTags?.(question.tags);
        else for (const key of question.keys) await cache.deleteKey(key);
      }
      say({ kind: 'commit' });
      return undefined;
    case 'close':
      await cache.close();
      process.disconnect();
      return undefined;
  }
}

process.on('message', (message: ToProcess) => {
  switch (message.kind) {
    case 'start':
      void start(message.start);
      break;
    case 'loaded':
      loads.get(message.number)?.(message.row);
      loads.delete(message.number);
      break;
    case 'question': {
      const { number, question } = message;
      answer(number, question).then(
        (row) => process.connected && say({ kind: 'answer', number, ...(row && { row }) }),
        (error: unknown) => say({ kind: 'answer', number, error: String(error) }),
      );
    }
  }
});
