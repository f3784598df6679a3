import type { StaleAsker } from './connection.ts';
import type { Question } from './questions.ts';
import type { StaleRun } from './run.ts';

interface Answer {
  readonly etag: string;
  readonly body: unknown;
}

/** The share of the reads of something known that are conditional. */
const conditional = 0.5;

/** Asks over one connection and holds every answer against the ledger. */
export class StaleReader {
  readonly #run: StaleRun;
  readonly #connection: StaleAsker;
  /** What a browser would keep: the latest answer by address. */
  readonly #kept = new Map<string, Answer>();

  constructor(run: StaleRun, connection: StaleAsker) {
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
      this.#run.amiss(`GET ${url}`, reply);
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
        by: reply.by,
        cacheStatus: String(reply.headers['cache-status']),
        coding: reply.headers['content-encoding'] ?? 'identity',
        began,
        ended,
        complaints,
      });
    }
    return answer;
  }
}
