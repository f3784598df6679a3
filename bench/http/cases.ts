/** Addresses that a case is about, of records that the data folder has. */
export interface Subjects {
  /** An organisation's id, of one that has people. */
  readonly organisation: string;
  readonly missing: readonly string[];
}

export interface HttpCase {
  readonly name: string;
  /** Share of the bare server's requests a second that Vif should reach; undefined where none was set. */
  readonly target?: number;
  /** One to ask again and again, or many to ask once each. */
  readonly addresses: (subjects: Subjects) => readonly string[];
  /** Asked by somebody who has the answer, whose ETag is sent along. */
  readonly conditional?: true;
  /** Against a Vif that runs otherwise than it does by itself. */
  readonly as?: Running;
}

/** How Vif runs: with `CACHE_MEMORY=0`, with `REDIS_URL`, or with that and `VIF_WORKERS=2`. */
export type Running = 'uncached' | 'over Redis' | 'two workers';

const list = '/api/v1/organisations?total=false&pageSize=50';

/** What is measured, in this order: what fills the cache comes behind what is answered from it. */
const httpCases: readonly HttpCase[] = [
  { name: 'cached list', target: 0.6, addresses: () => [list] },
  { name: 'cached list with its count', addresses: () => ['/api/v1/organisations?pageSize=50'] },
  {
    name: 'cached detail',
    addresses: ({ organisation }) => [`/api/v1/organisations/${organisation}`],
  },
  { name: 'cached count', addresses: () => ['/api/v1/organisations/count'] },
  { name: '304', target: 0.7, addresses: () => [list], conditional: true },
  { name: 'rows that miss', target: 0.02, addresses: ({ missing }) => missing },
  { name: 'cached list over Redis', target: 0.2, addresses: () => [list], as: 'over Redis' },
  { name: 'cached list, two workers over Redis', addresses: () => [list], as: 'two workers' },
  { name: 'nothing cached', target: 0.006, addresses: () => [list], as: 'uncached' },
];

/**
 * The cases by these names; all of them by none.
 * @throws {Error} that says which there are
 */
export function casesNamed(names: readonly string[]): readonly HttpCase[] {
  const unknown = names.filter((name) => !httpCases.some((one) => one.name === name));
  if (unknown.length > 0) {
    const known = httpCases.map(({ name }) => `"${name}"`);
    throw new Error(`No case is called ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  }
  return names.length === 0 ? httpCases : httpCases.filter(({ name }) => names.includes(name));
}
