import type { Random } from '../day/random.ts';
import { zipf } from '../day/zipf.ts';
import { idOf, type Workspace } from './house.ts';
import type { Mix } from './mix.ts';

/** Of how many looks at records one goes to a colleague's: one of five. */
const shareOfOwn = 0.8;

const rankings = new Map<number, (random: Random) => number>();

/** A number from 0 up to `size`, by Zipf's law with exponent 1: 0 most often, 1 half as often and so on. */
export function rank(random: Random, size: number): number {
  let choose = rankings.get(size);
  if (!choose) {
    choose = zipf(Array.from({ length: size }, (_, at) => at));
    rankings.set(size, choose);
  }
  return choose(random);
}

/** Somebody at work. */
export interface Member {
  readonly workspace: Workspace;
  readonly number: number;
  readonly id: string;
  readonly mix: Mix;
}

/** Everybody works as much as everybody else. */
export function memberOf(house: readonly Workspace[], random: Random, mix: Mix): Member {
  let left = Math.floor(random() * house.reduce((sum, { members }) => sum + members, 0));
  for (const workspace of house) {
    if (left < workspace.members)
      return { workspace, number: left, id: idOf('member', workspace.number, left), mix };
    left -= workspace.members;
  }
  throw new RangeError('Nobody works there.');
}

/** The number of an organisation that a member has to do with: mostly one of their own. */
export function organisationOf({ workspace, number, mix }: Member, random: Random): number {
  const { organisations, members } = workspace;
  if (random() >= shareOfOwn) return rank(random, Math.min(organisations, mix.accounts.all));
  // Every so-many-th organisation is theirs.
  const own = Math.ceil((organisations - number) / members);
  return number + members * rank(random, Math.min(own, mix.accounts.own));
}

/** The number of one of the two people of such an organisation. */
export function personOf(member: Member, random: Random): number {
  return organisationOf(member, random) + (random() < 0.5 ? 0 : member.workspace.organisations);
}
