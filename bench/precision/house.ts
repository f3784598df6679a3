/** One company's part of the database. Its rows are numbered, and their ids follow from the numbers. */
export interface Workspace {
  readonly id: string;
  readonly number: number;
  readonly members: number;
  readonly organisations: number;
  /** Two for each organisation: the second half works where the first does, in the same order. */
  readonly people: number;
  /** Three for each organisation; those with low numbers have more of them. */
  readonly interactions: number;
}

const kinds = { workspace: 1, member: 2, organisation: 3, person: 4, interaction: 5 } as const;
/** Numbers of one workspace's rows; those of the next begin behind them. */
export const roomForRows = 10_000_000;

/** How large the workspaces are beside each other, and how many people work in each. */
const shares = [
  { share: 0.5, members: 60 },
  { share: 0.25, members: 30 },
  { share: 0.12, members: 15 },
  { share: 0.08, members: 10 },
  { share: 0.05, members: 5 },
] as const;

/** @param organisations of all workspaces together */
export function houseOf(organisations: number): readonly Workspace[] {
  return shares.map(({ share, members }, number) => {
    const own = Math.max(members, Math.round(organisations * share));
    return {
      id: idOf('workspace', number, 0),
      number,
      members,
      organisations: own,
      people: 2 * own,
      interactions: 3 * own,
    };
  });
}

/** The id of a workspace's row, as `data.id_of` of schema.sql makes it. */
export function idOf(kind: keyof typeof kinds, workspace: number, row: number): string {
  const number = workspace * roomForRows + row;
  return `${kinds[kind]}0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'te', 'vi'] as const;

/** Of which names are made, and for which people search: 2,197. */
export const words: readonly string[] = syllables.flatMap((one) =>
  syllables.flatMap((two) => syllables.map((three) => `${one}${two}${three}`)),
);
export const categories: readonly string[] = words.slice(100, 112);
export const countries: readonly string[] = ['FR', 'BE', 'CH', 'LU', 'DE', 'ES', 'IT', 'GB'];
