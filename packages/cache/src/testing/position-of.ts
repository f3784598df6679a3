import type { Authority, Position } from '../authority.ts';

/**
 * Where an authority stands that can be asked.
 * @throws {Error} when it cannot
 */
export async function positionOf(authority: Authority): Promise<Position> {
  const position = await authority.position();
  if (!position) throw new Error('The authority could not be asked: open one that is reachable.');
  return position;
}
