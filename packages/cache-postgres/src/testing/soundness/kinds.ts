import type { Chooser } from './chooser.ts';

/** Sorts of columns, by what the tests call them. */
export type Kind =
  | 'int4'
  | 'int8'
  | 'uuid'
  | 'bool'
  | 'text'
  | 'varchar'
  | 'numeric'
  | 'citext'
  | 'loose'
  | 'char'
  | 'moment';

/** Kinds of one group may be compared with each other. */
export type Group = 'number' | 'uuid' | 'bool' | 'text' | 'moment';

interface Meaning {
  readonly type: string;
  readonly group: Group;
  /** Values equal here are the same: reads may be narrowed by them. */
  readonly exact: boolean;
}

export const kinds: Readonly<Record<Kind, Meaning>> = {
  int4: { type: 'integer', group: 'number', exact: true },
  int8: { type: 'bigint', group: 'number', exact: true },
  uuid: { type: 'uuid', group: 'uuid', exact: true },
  bool: { type: 'boolean', group: 'bool', exact: true },
  text: { type: 'text', group: 'text', exact: true },
  varchar: { type: 'varchar(40)', group: 'text', exact: true },
  numeric: { type: 'numeric', group: 'number', exact: false },
  citext: { type: 'citext', group: 'text', exact: false },
  loose: { type: 'text collate loose', group: 'text', exact: false },
  char: { type: 'char(4)', group: 'text', exact: false },
  moment: { type: 'timestamptz', group: 'moment', exact: false },
};

const uuids = [
  '00000000-0000-4000-8000-00000000000a',
  '00000000-0000-4000-8000-00000000000b',
  'abcdefab-cdef-4abc-8def-abcdefabcdef',
];

/** What lies in tables: few values, so that they meet often. */
const stored: Readonly<Record<Group, readonly string[]>> = {
  number: ['0', '1', '-1', '42'],
  uuid: uuids,
  bool: ['true', 'false'],
  text: ['', 'a', 'A', 'b'],
  moment: ['2024-01-01 00:00:00+00', '2024-01-01 12:00:00+00'],
};

/** The same values spelt otherwise, as a parameter may be. */
const otherwise: Readonly<Record<Group, readonly string[]>> = {
  number: ['007', '042', ' 1 ', '+1', '-0', '01'],
  uuid: [
    ...uuids.map((one) => one.toUpperCase()),
    ...uuids.map((one) => `{${one}}`),
    'abcdefabcdef4abc8defabcdefabcdef',
  ],
  bool: ['t', 'f', ' true', 'TRUE', 'yes', '0', '1'],
  text: ['a ', 'A ', 'B', 'b ', 'é'],
  moment: ['2024-01-01 01:00:00+01', '2024-01-01T00:00:00Z'],
};

/** A value as a literal for a column of a kind; a null now and then. */
export function storedValue(choose: Chooser, kind: Kind, nulls = 0.12): string {
  if (choose.chance(nulls)) return 'null';
  const { group } = kinds[kind];
  if (kind === 'numeric') return choose.one(['0', '1', '1.0', '1.00', '42', '-1']);
  if (kind === 'char' || kind === 'citext' || kind === 'loose')
    return quoted(choose.one(['', 'a', 'A', 'b', 'B']));
  const value = choose.one(stored[group]);
  return group === 'number' ? value : quoted(value);
}

/** A value that a reader compares with, as text; often one that is stored, now and then spelt otherwise. */
export function soughtText(choose: Chooser, group: Group): string {
  return choose.chance(0.3) ? choose.one(otherwise[group]) : choose.one(stored[group]);
}

/** As the driver may be given it. */
export function asParameter(choose: Chooser, group: Group, text: string): unknown {
  if (group === 'number' && /^-?\d+$/.test(text) && choose.chance(0.5)) return Number(text);
  if (group === 'bool' && (text === 'true' || text === 'false') && choose.chance(0.5)) return text === 'true';
  return text;
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Types that a value of a group may be cast to. */
export const castTypes: Readonly<Record<Group, readonly string[]>> = {
  number: ['int', 'bigint', 'int2', 'numeric', 'text::int'],
  uuid: ['uuid', 'text::uuid'],
  bool: ['bool', 'boolean'],
  text: ['text', 'varchar', 'citext', 'char(4)', 'varchar(1)', 'varchar(1)', 'bpchar'],
  moment: ['timestamptz'],
};
