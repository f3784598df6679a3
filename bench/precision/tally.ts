import type { MissReason } from '@vif/cache';

/** What became of the reads of one route. */
export class RouteTally {
  reads = 0;
  hits = 0;
  /** Waited for somebody else's load of the same. */
  joined = 0;
  /** Loaded for the first time, or again after it had to make room. */
  absent = 0;
  /** Loaded again because something that it depends on was written. */
  outdated = 0;
  /** Loaded because the cache could not be sure for a moment, as while a busy machine held up its look-out. */
  unreachable = 0;
  /** Sent to PostgreSQL, without BEGIN, COMMIT and the workspace's setting. */
  statements = 0;
  readonly keys = new Set<string>();

  missed(reason: MissReason | undefined): void {
    if (reason === 'absent') this.absent++;
    else if (reason === 'outdated') this.outdated++;
    else if (reason === 'unreachable' || reason === 'forgotten') this.unreachable++;
    else throw new Error(`A read was ${String(reason)}, which nothing here may cause.`);
  }
}

/** What became of all that was asked of one way of caching. */
export class Tally {
  readonly routes: ReadonlyMap<string, RouteTally>;
  readonly writes = new Map<string, number>();
  /** Of the second half of the requests. */
  readonly late = { reads: 0, hits: 0 };
  checked = 0;
  stale = 0;
  seconds = 0;
  /** What the cache held in the end. */
  entries = 0;
  bytes = 0;

  constructor(routes: readonly string[]) {
    this.routes = new Map(routes.map((route) => [route, new RouteTally()]));
  }

  of(route: string): RouteTally {
    const found = this.routes.get(route);
    if (!found) throw new RangeError(`There is no route ${route}.`);
    return found;
  }

  sum(what: 'reads' | 'hits' | 'joined' | 'absent' | 'outdated' | 'unreachable' | 'statements'): number {
    return [...this.routes.values()].reduce((sum, tally) => sum + tally[what], 0);
  }
}
