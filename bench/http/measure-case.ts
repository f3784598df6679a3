import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../report/median.ts';
import { type Exchange, exchange, type RequestHeaders, requireEqual, saysHit } from '../vif/exchange.ts';
import type { Vif } from '../vif/start-vif.ts';
import type { HttpCase, Subjects } from './cases.ts';
import type { Load, Volley, Volleyed } from './load.ts';
import { startBare } from './start-bare.ts';

/** Answers that the bare server gives in the place of many. */
const recordedOfMany = 400;
/** Asked one by one behind the rounds, to see how many say that they came from the cache. */
const samples = 20;
const warmUpSeconds = 2;
/** Milliseconds for a server to end what the last round's closed connections had asked. */
const settling = 300;

export interface CaseResult {
  readonly name: string;
  readonly target: number | undefined;
  readonly vif: ServerResult;
  readonly bare: ServerResult;
  /** Median over the rounds of Vif's requests a second by the bare server's. */
  readonly ratio: number;
  /** Share of sampled answers that said `hit`. */
  readonly hits: number;
}

/** Medians over the rounds; times in milliseconds. */
export type ServerResult = Pick<Volleyed, 'perSecond' | 'p50' | 'p99'>;

export interface Measuring {
  readonly vif: Vif;
  readonly subjects: Subjects;
  readonly load: Load;
  readonly rounds: number;
  readonly seconds: number;
  readonly acceptEncoding: string | undefined;
}

/**
 * Measures one case: Vif, the bare server, Vif, the bare server and so on, after warming both up.
 * @throws {Error} when the servers' answers are not equal, or one of them was not as it must be under load
 */
export async function measureCase(
  httpCase: HttpCase,
  { vif, subjects, load, rounds, seconds, acceptEncoding }: Measuring,
  signal: AbortSignal,
): Promise<CaseResult> {
  const all = httpCase.addresses(subjects);
  const many = all.length > 1;
  const recorded = many ? all.slice(0, recordedOfMany) : all;
  const unasked = freshAddresses(all.slice(recorded.length), rounds);
  const headers = await headersFor(httpCase, all[0] ?? '', vif, acceptEncoding);
  const exchanges = await record(vif.origin, recorded, headers, many);
  await using bare = await startBare(exchanges, signal);
  for (const one of exchanges) requireEqual(one, await exchange(bare.origin, one.address, headers));

  const status = exchanges[0]?.status ?? 0;
  const fire = async (server: 'vif' | 'bare', forSeconds: number) => {
    const again = server === 'bare' || !many;
    const { origin } = server === 'bare' ? bare : vif;
    const addresses = again ? recorded : unasked.take(forSeconds / seconds);
    const volley: Volley = { origin, addresses, headers, status, seconds: forSeconds, again };
    const volleyed = await load.fire(volley, signal).catch((cause: Error) => {
      const ending = vif.child.lastWords();
      throw ending === undefined ? cause : new Error(`${cause.message} Vif is gone: ${ending}`, { cause });
    });
    requireSize(volleyed, exchanges, origin);
    await pause(settling, undefined, { signal });
    return volleyed;
  };
  const warmUp = Math.min(warmUpSeconds, seconds);
  await fire('vif', warmUp);
  await fire('bare', warmUp);
  const pairs: { vif: Volleyed; bare: Volleyed }[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push({ vif: await fire('vif', seconds), bare: await fire('bare', seconds) });
  }
  return {
    name: httpCase.name,
    target: httpCase.target,
    vif: medians(pairs.map((pair) => pair.vif)),
    bare: medians(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => pair.vif.perSecond / pair.bare.perSecond)),
    hits: await shareOfHits(vif.origin, many ? unasked.last : recorded, headers),
  };
}

async function headersFor(
  { conditional }: HttpCase,
  address: string,
  { origin, cookie }: Vif,
  acceptEncoding: string | undefined,
): Promise<RequestHeaders> {
  const headers = { cookie, ...(acceptEncoding !== undefined && { 'accept-encoding': acceptEncoding }) };
  if (!conditional) return headers;
  const { headers: answered } = await exchange(origin, address, headers);
  if (answered.etag === undefined) throw new Error(`${address} has no ETag.`);
  return { ...headers, 'if-none-match': answered.etag };
}

/** Vif's answers. What is measured as a hit is asked until it is one, and recorded then. */
async function record(
  origin: string,
  addresses: readonly string[],
  headers: RequestHeaders,
  many: boolean,
): Promise<Exchange[]> {
  const expected = headers['if-none-match'] === undefined ? 200 : 304;
  const exchanges: Exchange[] = [];
  for (const address of many ? addresses : [...addresses, ...addresses, ...addresses]) {
    const answer = await exchange(origin, address, headers);
    if (answer.status !== expected) {
      throw new Error(
        `${address} was answered ${answer.status} instead of ${expected}: ${String(answer.body)}`,
      );
    }
    exchanges.push(answer);
  }
  return exchanges.slice(-addresses.length);
}

/** Parts of the addresses for a warm-up and each round, none of them in two. */
function freshAddresses(addresses: readonly string[], rounds: number) {
  const last = addresses.slice(0, samples);
  const each = Math.floor((addresses.length - last.length) / (rounds + 1));
  let at = last.length;
  return {
    /** Nobody asks these before the end. */
    last,
    take(share: number) {
      const count = Math.floor(each * share);
      at += count;
      return addresses.slice(at - count, at);
    },
  };
}

/** wrk takes a 200 for a 304: what came must be about as long as what was recorded, with a head of at most 4 kB. */
function requireSize({ bytes }: Volleyed, exchanges: readonly Exchange[], origin: string): void {
  const body = exchanges.reduce((sum, one) => sum + one.body.length, 0) / exchanges.length;
  if (bytes > body * 0.8 && bytes < body * 1.2 + 4096) return;
  throw new Error(
    `${origin} answered with ${Math.round(bytes)} bytes where ${Math.round(body)} were expected.`,
  );
}

function medians(rounds: readonly Volleyed[]): ServerResult {
  const of = (figure: keyof ServerResult) => median(rounds.map((round) => round[figure]));
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99') };
}

async function shareOfHits(origin: string, addresses: readonly string[], headers: RequestHeaders) {
  let hits = 0;
  for (let at = 0; at < samples; at++) {
    const address = addresses[at % addresses.length] ?? '';
    if (saysHit(await exchange(origin, address, headers))) hits++;
  }
  return hits / samples;
}
