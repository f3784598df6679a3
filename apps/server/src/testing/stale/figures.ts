import type { StaleReply } from './connection.ts';
import type { Complaint } from './sightings.ts';

/** A read that showed what it may not have, with its whole story; times by `performance.now()`. */
interface StaleStory {
  readonly url: string;
  readonly status: number;
  /** Which of several servers. */
  readonly by: string | undefined;
  readonly cacheStatus: string;
  readonly coding: string;
  readonly began: number;
  readonly ended: number;
  readonly complaints: readonly Complaint[];
}

/** How long it took a kind of read to show what somebody changed behind Vif's back, in milliseconds. */
interface Seen {
  readonly kind: string;
  readonly milliseconds: number;
}

/** What the actors did and found. */
export class StaleFigures {
  readonly reads = new Map<string, number>();
  readonly writes = new Map<string, number>();
  readonly seen: Seen[] = [];
  readonly stale: StaleStory[] = [];
  /** Answers that nobody should get, and what went wrong otherwise. */
  readonly faults: string[] = [];
  /** How often trouble that was made on purpose was answered, by status; 0 where the connection was lost. */
  readonly excused = new Map<string, number>();
  cacheable = 0;
  hits = 0;
  notModified = 0;
  compressed = 0;

  get readCount(): number {
    return [...this.reads.values()].reduce((sum, count) => sum + count, 0);
  }

  get hitRate(): number {
    return this.cacheable === 0 ? 0 : this.hits / this.cacheable;
  }

  read(kind: string, { status, headers }: Pick<StaleReply, 'status' | 'headers'>): void {
    add(this.reads, kind);
    if (status === 304) this.notModified++;
    if (headers['content-encoding'] !== undefined) this.compressed++;
    const cacheStatus = String(headers['cache-status']);
    if (cacheStatus.includes('detail=uncached')) return;
    this.cacheable++;
    if (/^vif; hit(;|$)/.test(cacheStatus)) this.hits++;
  }

  wrote(kind: string): void {
    add(this.writes, kind);
  }

  excuse(status: number): void {
    add(this.excused, String(status));
  }

  /** One line of it all. */
  line(name: string): string {
    const reads = [
      `${this.readCount} reads`,
      `${percent(this.hitRate)} of those with a policy hits`,
      `${this.notModified} 304`,
      `${this.compressed} compressed`,
      `${this.stale.length} stale`,
    ];
    const writes = [...this.writes].map(([kind, count]) => `${count} ${kind}`);
    const excused = [...this.excused].map(([status, count]) => `${count} excused (${status})`);
    const seen = this.seen.length > 0 ? [seenLine(this.seen)] : [];
    return `${name}: ${[...(this.readCount > 0 ? reads : []), ...writes, ...excused, ...seen].join(', ')}`;
  }
}

function seenLine(seen: readonly Seen[]): string {
  const kinds = Map.groupBy(seen, ({ kind }) => kind);
  const parts = [...kinds].map(([kind, some]) => `${kind} ${distribution(some)}`);
  return `psql seen after ${distribution(seen)} (${parts.join('; ')})`;
}

function distribution(seen: readonly Seen[]): string {
  const sorted = seen.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return `p50 ${at(0.5)} p90 ${at(0.9)} p99 ${at(0.99)} max ${at(1)} ms`;
}

function add(counts: Map<string, number>, kind: string) {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
