import { organisationSorts } from '@vif/contract/organisations';
import { personSorts } from '@vif/contract/people';
import { small } from '../vif/data-folder.ts';

/** Rows of a list's page, 50 in the middle. */
const pageSizes = numbers(25, 75);

/** Of ten reads: eight with an answer of a few bytes, one page of organisations, one of people. */
const kinds = [
  found('organisations/count'),
  found('people/count'),
  found('organisations/search'),
  found('organisations/count'),
  pages('organisations', organisationSorts, small.organisations),
  found('organisations/count'),
  found('people/count'),
  found('organisations/search'),
  found('organisations/count'),
  pages('people', personSorts, small.people),
];

/** How many reads there are of which no two are the same. */
export const mostReads = Math.min(...kinds.map(({ length }) => length)) * kinds.length;

/** The address of the `at`th read, from 0: a mix of small answers and pages, no address of which comes twice. */
export function distinctRead(at: number): string {
  const kind = kinds[at % kinds.length];
  // The remainder is a place of the array.
  return (kind as Kind).address(Math.floor(at / kinds.length), at);
}

interface Kind {
  readonly length: number;
  /** @param round its own number among reads of its kind */
  readonly address: (round: number, at: number) => string;
}

/** What hardly any record has, so that the answer is small. */
function found(path: string): Kind {
  return {
    length: Number.POSITIVE_INFINITY,
    address: (_round, at) => `/api/v1/${path}?q=${at.toString(36)}`,
  };
}

/** Full pages in every order and of every size, with and without a total. */
function pages(path: string, sorts: readonly string[], records: number): Kind {
  const orders = sorts.flatMap((sort) => [sort, `-${sort}`]);
  const fullPages = Math.floor(records / Math.max(...pageSizes));
  return {
    length: orders.length * pageSizes.length * 2 * fullPages,
    address(round) {
      let rest = round;
      const digit = (base: number) => {
        const value = rest % base;
        rest = Math.floor(rest / base);
        return value;
      };
      const query = {
        sort: orders[digit(orders.length)] ?? '',
        pageSize: String(pageSizes[digit(pageSizes.length)]),
        total: String(digit(2) === 1),
        page: String(1 + digit(fullPages)),
      };
      return `/api/v1/${path}?${new URLSearchParams(query).toString()}`;
    },
  };
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
