/** Of what a team asks and changes how much is different; how its reads are weighed is reading.ts's. */
export interface Mix {
  /** How many organisations somebody has to do with: of their own, and of their workspace's. */
  readonly accounts: { readonly own: number; readonly all: number };
  /** How many lists are opened, of one's own organisations, of everybody's, and of people. */
  readonly lists: { readonly own: number; readonly all: number; readonly people: number };
  /** How many words are searched. */
  readonly words: number;
  /** Of 100 writes. */
  readonly writes: {
    readonly interactionNoted: number;
    readonly personEdited: number;
    readonly organisationEdited: number;
    readonly personAdded: number;
    readonly organisationAdded: number;
    readonly personBinned: number;
    readonly organisationBinned: number;
  };
}

export type MixName = 'week' | 'anything';

export const mixes: Readonly<Record<MixName, Mix>> = {
  /** What a team works on in a week: few of the records, and the lists it has always open. */
  week: {
    accounts: { own: 40, all: 200 },
    lists: { own: 4, all: 12, people: 4 },
    words: 60,
    writes: {
      interactionNoted: 90,
      personEdited: 5,
      organisationEdited: 3,
      personAdded: 1,
      organisationAdded: 0.5,
      personBinned: 0.3,
      organisationBinned: 0.2,
    },
  },
  /** Anything that there is, as if nobody worked on anything: the most different questions, and many edits. */
  anything: {
    accounts: { own: Infinity, all: Infinity },
    lists: { own: Infinity, all: Infinity, people: Infinity },
    words: Infinity,
    writes: {
      interactionNoted: 80,
      personEdited: 10,
      organisationEdited: 6,
      personAdded: 1.5,
      organisationAdded: 1,
      personBinned: 1,
      organisationBinned: 0.5,
    },
  },
};
