import { CsvError } from './csv-error.ts';
import { spellingKey } from './spelling-key.ts';

/** A field's column names as people read them, the likeliest first; or parts of one text, each with its names. */
export type Spellings = readonly string[] | { readonly joined: readonly (readonly string[])[] };

export type ColumnSpellings<F extends string> = {
  /** The field without which no record can be made. */
  readonly required: NoInfer<F>;
  readonly fields: Readonly<Record<F, Spellings>>;
};

export type ColumnMap<F extends string> = {
  /** Each column of the file in its order and the field it became, `null` for none. */
  readonly columns: readonly { readonly column: string; readonly field: F | null }[];
  /** The file's name for a field, to point at in a remark: the column that wins. */
  columnOf(field: F): string | null;
  /**
   * A row's text by field, trimmed. A field without a column is absent, a blank one is `''`: the file says that it
   * is empty.
   */
  values(cells: readonly string[]): Partial<Record<F, string>>;
};

/**
 * Which column is which field, by name: accents, case, spaces and punctuation do not count. Where several columns
 * are one field, the first that is not blank in a row wins, in the order of the spellings, then from left to right.
 * Blank and unknown names become nothing. Throws `CsvError` `missing_column` with the spellings that would do.
 *
 * ```ts
 * const map = mapColumns(csv.header.cells, organisationColumns);
 * map.values(['001x', 'Vif', '12 rue', 'CA']); // { externalId: '001x', name: 'Vif', address: '12 rue, CA' }
 * ```
 */
export function mapColumns<F extends string>(
  header: readonly string[],
  { required, fields }: ColumnSpellings<F>,
): ColumnMap<F> {
  const names = header.map(spellingKey);
  const places = new Map<F, number[][]>();
  // A record's own keys are its key type.
  for (const field of Object.keys(fields) as F[]) {
    const parts = partsOf(fields[field]).map((spellings) => placesOf(spellings, names));
    if (parts.flat().length > 0) places.set(field, parts);
  }
  if (!places.has(required)) {
    throw new CsvError({
      code: 'missing_column',
      field: required,
      spellings: partsOf(fields[required]).flat(),
    });
  }

  const fieldAt = new Map(
    [...places].flatMap(([field, parts]) => parts.flat().map((at) => [at, field] as const)),
  );
  return {
    columns: header.map((column, at) => ({ column, field: fieldAt.get(at) ?? null })),
    columnOf: (field) => header[places.get(field)?.flat()[0] ?? -1] ?? null,
    values: (cells) => {
      const values: Partial<Record<F, string>> = {};
      for (const [field, parts] of places) values[field] = textOf(cells, parts);
      return values;
    },
  };
}

function partsOf(spellings: Spellings): readonly (readonly string[])[] {
  return 'joined' in spellings ? spellings.joined : [spellings];
}

/** The columns under any of the names, by the names' order, then from left to right. */
function placesOf(spellings: readonly string[], names: readonly string[]): number[] {
  return [...new Set(spellings.map(spellingKey))].flatMap((spelling) =>
    names.flatMap((name, at) => (name === spelling ? [at] : [])),
  );
}

function textOf(cells: readonly string[], parts: readonly (readonly number[])[]): string {
  const texts = parts.map((places) =>
    places.map((at) => (cells[at] ?? '').trim()).find((text) => text !== ''),
  );
  return texts.filter((text) => text !== undefined).join(', ');
}
