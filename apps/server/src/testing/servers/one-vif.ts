import { setTimeout as pause } from 'node:timers/promises';
import { type SpawnedVif, spawnVif } from '../spawn-vif.ts';

/** What `/health` says, as far as it is used here. */
interface Health {
  readonly status: string;
}

export const usualMost = 16;
/** Milliseconds. */
const patience = 60_000;

/** One of several servers: a process that is started again on the same port. */
export class OneVif {
  readonly name: string;
  readonly address: string;
  /** Whether askers go to it, as a proxy before several servers sees to it. */
  takes = true;
  /** How many requests it is sent at a time while others have room: one that stands still must not keep all askers. */
  most = usualMost;
  /** How many requests it was sent and has not answered. */
  asked = 0;
  readonly #variables: Readonly<Record<string, string>>;
  #vif: SpawnedVif | undefined;
  readonly #said: string[] = [];

  constructor(name: string, port: number, variables: Readonly<Record<string, string>>) {
    this.name = name;
    this.address = `http://127.0.0.1:${port}`;
    this.#variables = { ...variables, PORT: String(port) };
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<SpawnedVif> {
    this.#vif = spawnVif(this.#variables);
    await this.#vif.ready();
    return this.#vif;
  }

  /** SIGKILL ends it; SIGSTOP and SIGCONT let it stand still and go on. */
  async signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<number | null> {
    const vif = this.#vif;
    if (!vif) return null;
    vif.kill(signal);
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') return null;
    const code = await vif.exit();
    this.#said.push(vif.said());
    this.#vif = undefined;
    return code;
  }

  /** What all its processes have said, both streams. */
  said(): string {
    return [...this.#said, this.#vif?.said() ?? ''].join('\n');
  }

  /** Waits until it says that it is well, cache included. */
  async recovered(): Promise<void> {
    let last: unknown;
    for (const until = performance.now() + patience; performance.now() < until; await pause(20)) {
      last = await this.#health().catch((error: unknown) => error);
      if (last === 'ok') return;
    }
    throw new Error(`${this.name} did not recover: ${String(last)}. It said: ${this.said().slice(-4000)}`);
  }

  async #health(): Promise<string> {
    const answer = await fetch(`${this.address}/health`, { signal: AbortSignal.timeout(patience) });
    return ((await answer.json()) as Health).status; // the contract's
  }
}
