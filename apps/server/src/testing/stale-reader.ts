import type { StaleConnection } from './stale-connection.ts';
import type { Question } from './stale-questions.ts';
import type { StaleRun } from './stale-run.ts';

interface Answer {
  readonly etag: string;
  readonly body: unknown;
}

/** The share of the reads of something known that are conditional. */
const conditional = 0.5;
/** With 3 a fifth of the questions is asked six times of ten, as a few pages are in life. */
const heat = 3;

/** Asks over one connection and holds every answer against the ledger. */
export class StaleReader {
  readonly #run: StaleRun;
  readonly #connection: StaleConnection;
  /** What a browser would keep: the latest answer by address. */
  readonly #kept = new Map<string, Answer>();

  constructor(run: StaleRun, connection: StaleConnection) {
    this.#run = run;
    this.#connection = connection;
  }

  /** Gives the answer; undefined where it was a fault, which is noted. A 304 counts as having read the kept answer. */
  async ask({ kind, url, judge }: Question): Promise<Answer | undefined> {
    const { ledger, figures } = this.#run;
    const kept = Math.random() < conditional ? this.#kept.get(url) : undefined;
    const headers: Record<string, string> = kept ? { 'if-none-match': kept.etag } : {};
    const look = ledger.look(performance.now());
    const began = performance.now();
    const reply = await this.#connection.ask(url, { headers });
    const ended = performance.now();
    this.#run.tick();
    let answer = kept;
    if (reply.status === 200) answer = { etag: reply.headers.etag ?? '', body: JSON.parse(reply.text) };
    else if (reply.status !== 304 || !kept) {
      figures.faults.push(`GET ${url} answered ${reply.status} ${reply.text}`);
      return undefined;
    }
    if (!answer) return undefined;
    this.#kept.set(url, answer);
    figures.read(kind, reply);
    const complaints = judge(answer.body, look);
    if (complaints.length > 0) {
      figures.stale.push({
        url,
        status: reply.status,
        cacheStatus: String(reply.headers['cache-status']),
        coding: reply.headers['content-encoding'] ?? 'identity',
        began,
        ended,
        complaints,
      });
    }
    return answer;
  }

  /** Asks one at random after the other until the run is over: the first ones often, the last ones seldom. */
  async readOn(questions: readonly Question[]): Promise<void> {
    while (!this.#run.over) await this.ask(anyOf(questions, heat));
  }
}

/**
 * One at random.
 * @param preference the more, the more often it is one of the first; 1 prefers none
 */
export function anyOf<T>(some: readonly T[], preference = 1): T {
  const one = some[Math.floor(Math.random() ** preference * some.length)];
  if (one === undefined) throw new Error('There is nothing to choose from');
  return one;
}
