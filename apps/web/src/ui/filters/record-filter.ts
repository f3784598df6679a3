import type { Query } from '../../lib/reads.ts';
import type { Choice } from '../choice.ts';

/** Something a list can be narrowed by. With neither `all` nor `search` any text will do. */
export interface RecordFilter<Name extends string = string> {
  /** Its name in the address and the API. */
  readonly name: Name;
  readonly label: string;
  /** Everything there is to choose from, where that is little. */
  readonly all?: readonly Choice[] | undefined;
  /** What the server finds, where there is much. */
  readonly search?: (typed: string) => Query<readonly Choice[]>;
  /** What a value is called; needed beside `search`. */
  readonly called?: (value: string) => Query<string>;
}
