import type { Peer } from '../peers/peer.ts';
import type { Stage, StageOptions } from './stage.ts';

/** One way to make a cache give out what is no longer so. */
export interface Scenario {
  /** Its row in the table. */
  readonly name: string;
  readonly where: StageOptions['where'];
  readonly by: StageOptions['by'];
  readonly rounds: number;
  /** What its Redis is started with. */
  readonly redisSettings?: readonly string[];
  /** Whether a cache has what the scenario is about, beside the place and the tags. */
  readonly concerns?: (peer: Peer) => boolean;
  readonly run: (stage: Stage) => Promise<void>;
}

/** Whether a cache can take part. */
export function suits({ where, by, concerns }: Scenario, peer: Peer): boolean {
  const placed = peer.layers.includes(where);
  return placed && (by === 'key' || peer.tags) && (concerns?.(peer) ?? true);
}
