import type { RequestHeaders } from '../vif/exchange.ts';

/** Asked at once, as 50 browsers would. */
export const connections = 50;

/** What one server is asked for one round long. */
export interface Volley {
  readonly origin: string;
  /** Asked one after the other, and again from the first one on; see `again`. */
  readonly addresses: readonly string[];
  readonly headers: RequestHeaders;
  /** Of each answer; any other one is a failure. */
  readonly status: number;
  readonly seconds: number;
  /** Whether an address may be asked twice. */
  readonly again: boolean;
}

/** What came of it. Times are milliseconds. */
export interface Volleyed {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Bytes a request, head and body. */
  readonly bytes: number;
}

/** A program that asks a server as fast as it answers. */
export interface Load {
  /** With its version, for whoever compares. */
  readonly name: string;
  /** @throws {Error} when an answer has another status or a connection failed */
  readonly fire: (volley: Volley, signal: AbortSignal) => Promise<Volleyed>;
}

/**
 * What is wrong with a round stands above what was measured in it.
 * @throws {Error} when fewer addresses were there than requests were made, though none may be asked twice
 */
export function requireFresh({ again, addresses }: Volley, requests: number): void {
  if (again || requests <= addresses.length) return;
  throw new Error(
    `${requests} requests in a round, but only ${addresses.length} addresses, so that some were asked twice: measure with fewer --seconds or --rounds.`,
  );
}
