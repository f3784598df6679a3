import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** The browser's sockets, as the page opens them. */
class Socket extends EventTarget {
  static readonly OPEN = 1;
  static all: Socket[] = [];
  readyState = 0;
  readonly sent: { since: string; hold: string[]; drop: string[] }[] = [];
  constructor() {
    super();
    Socket.all.push(this);
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
    this.say({ at: 'run.1', tags: [] });
  }
  say(message: object) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as Socket['sent'][number]); // what the page says
  }
  close(code = 1000) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

const last = () => Socket.all.at(-1) ?? expect.unreachable('No socket was opened.');
let noteAnswer: typeof import('./follow-changes.ts').noteAnswer;
let underWay: typeof import('./under-way.ts').underWay;
let client: QueryClient;
let end: () => void;
let asked: string[];
/** Where the server stands, as its answers say. */
let at: string;

/** A query that is seen, and depends on one tag. */
async function show(key: string, tag: string): Promise<void> {
  const observer = new QueryObserver(client, {
    queryKey: [key],
    staleTime: Infinity,
    queryFn: ({ queryKey }) => {
      asked.push(key);
      noteAnswer(queryKey, `${at} ${tag}`);
      return at;
    },
  });
  observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(50);
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules(); // a page of its own
  const page = await import('./follow-changes.ts');
  ({ noteAnswer } = page);
  ({ underWay } = await import('./under-way.ts'));
  Socket.all = [];
  asked = [];
  at = 'run.1';
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('location', { protocol: 'https:', host: 'vif.test' });
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  client = new QueryClient();
  end = page.followChanges(client);
});
afterEach(() => {
  end();
  client.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('holds the tags of what is read, and asks again for what was bumped, and only that', async () => {
  last().open();
  await show('list', 'aaaa');
  await show('one', 'bbbb');
  expect(last().sent.flatMap(({ hold }) => hold)).toEqual(['aaaa', 'bbbb']);
  at = 'run.2';
  last().say({ at, tags: ['aaaa'] });
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['list', 'one', 'list']);
});

it('does not ask twice for what a save of its own asked for', async () => {
  last().open();
  await show('list', 'aaaa');
  const { promise, resolve } = Promise.withResolvers<void>();
  const write = underWay.during(promise);
  at = 'run.2';
  last().say({ at, tags: ['aaaa'] });
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual(['list']);
  resolve();
  await write;
  await client.invalidateQueries({ queryKey: ['list'] });
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual(['list', 'list']);
});

it('comes back after a pause with what it heard last, and asks for everything where that is not known', async () => {
  last().open();
  await show('list', 'aaaa');
  last().say({ at: 'run.1', tags: [], held: true });
  last().say({ at: 'run.7', tags: [] });
  last().close(1006);
  expect(Socket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(600);
  expect(Socket.all).toHaveLength(2);
  last().open();
  await vi.advanceTimersByTimeAsync(50);
  expect(last().sent).toEqual([{ since: 'run.7', hold: ['aaaa'], drop: [] }]);
  at = 'run.9';
  last().say({ at, refetch: true, held: true });
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['list', 'list']);
});

it('pauses longer each time that it fails', async () => {
  for (let i = 0; i < 8; i++) {
    last().close(1006);
    await vi.advanceTimersByTimeAsync(Math.min(30_000, 500 * 2 ** i));
    expect(Socket.all).toHaveLength(i + 2);
  }
});

it('gives up a connection that is silent for long, as after sleep', async () => {
  last().open();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(Socket.all.length).toBeGreaterThan(1);
});

it('rests when its session is over, until a request was answered', async () => {
  last().open();
  last().close(4401);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(Socket.all).toHaveLength(1);
  await show('list', 'aaaa');
  expect(Socket.all).toHaveLength(2);
});
