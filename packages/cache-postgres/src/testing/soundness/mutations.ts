/** A rule of narrowing or tracking, and how the real code is changed so that it no longer keeps it. */
export interface Mutation {
  /** From the package's folder. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const terms = 'src/dependencies/terms.ts';
const from = 'src/dependencies/read-from.ts';
const equalities = 'src/dependencies/equalities.ts';
const relation = 'src/dependencies/read-relation.ts';
const track = 'sql/4-track.sql';

export const mutations = {
  integerSpelling: { file: terms, from: String.raw`/^(?:0|-?[1-9]\d{0,18})$/`, to: '/^/' },
  uuidSpelling: {
    file: terms,
    from: String.raw`/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/`,
    to: '/^/',
  },
  booleanSpelling: { file: terms, from: '/^(?:true|false)$/', to: '/^/' },
  parameterOfOneType: {
    file: 'src/dependencies/understand.ts',
    from: 'return [...(stands.get(parameter) ?? [])].every((place) => places?.get(place) === family);',
    to: 'return places !== undefined && stands.size > 0 && family !== undefined;',
  },
  castWithLength: { file: equalities, from: '!typeName?.typmods && !typeName?.arrayBounds', to: 'true' },
  onlyEquality: { file: equalities, from: "if (operator.at(-1) !== '=' || (", to: 'if ((' },
  distinctIsNoEquality: {
    file: equalities,
    from: "if (kind !== 'AEXPR_OP') return undefined;",
    to: '',
  },
  allOfIn: {
    file: equalities,
    from: 'terms: given.flatMap((one) => one?.terms ?? []),',
    to: 'terms: first.terms,',
  },
  unknownInIn: {
    file: equalities,
    from: 'const given = nodes.map(givenAt);',
    to: 'const given = nodes.map(givenAt).filter((one) => one !== undefined);',
  },
  orIsNoAnd: {
    file: 'src/dependencies/syntax.ts',
    from: "node.BoolExpr.boolop === 'AND_EXPR'",
    to: "node.BoolExpr.boolop !== 'NOT_EXPR'",
  },
  notIsNoAnd: {
    file: 'src/dependencies/syntax.ts',
    from: "node.BoolExpr.boolop === 'AND_EXPR'",
    to: "node.BoolExpr.boolop !== 'OR_EXPR'",
  },
  preservedLeft: {
    file: from,
    from: "const inLeft = join === 'JOIN_INNER' || join === 'JOIN_RIGHT';",
    to: "const inLeft = join !== 'JOIN_FULL';",
  },
  preservedRight: {
    file: from,
    from: "const inRight = join === 'JOIN_INNER' || join === 'JOIN_LEFT';",
    to: "const inRight = join !== 'JOIN_FULL';",
  },
  onSeesItsSides: {
    file: from,
    from: 'const scope = this.#scopeFrom(first);',
    to: 'const scope = this.#scopeFrom(first * 0);',
  },
  onlyLateralSeesBeside: {
    file: from,
    from: 'outer: lateral ? this.#scopeFrom(0) : outer',
    to: 'outer: this.#scopeFrom(0)',
  },
  columnList: {
    file: from,
    from: 'columns: renamed([...relation.columns.keys()], alias?.colnames) ?? [],',
    to: 'columns: [...relation.columns.keys()],',
  },
  selfJoin: {
    file: relation,
    from: 'reading.tables.push(table);',
    to: 'if (!reading.tables.some((one) => one.relation === relation)) reading.tables.push(table);',
  },
  viewBoundary: {
    file: relation,
    from: 'if (more.some((key) => select[key] !== undefined)) return undefined;',
    to: '',
  },
  windowInView: { file: relation, from: 'callsAny(targetList, catalogue.manyRowed) ||', to: '' },
  renamedInView: {
    file: relation,
    from: 'const columns = (select.targetList ?? []).map((target) => columnFor(target, source));',
    to: 'const columns = called.columns.map((name) => source.columnOf(name));',
  },
  policiesRead: { file: relation, from: '    readExpression(reading, condition, scope);\n', to: '' },
  viewsOwner: { file: relation, from: 'asOwner: asked.asOwner || !relation.invoker', to: 'asOwner: false' },
  policyAlone: {
    file: 'src/catalogue/read-catalogue.ts',
    from: 'alone: everybody && (!lets || permissive === 1),',
    to: 'alone: everybody,',
  },
  ownNameInWith: {
    file: 'src/dependencies/names.ts',
    from: 'each.push({ query, queries });',
    to: 'each.push({ query, queries: new Map(queries).set(ctename, undefined) });',
  },
  lastSetting: {
    file: 'src/recording/recording.ts',
    from: "if (typeof value === 'string') known",
    to: "if (known.has(name)) return;\n  if (typeof value === 'string') known",
  },
  bulkInNarrowed: {
    file: 'src/tracking/tags.ts',
    from: ', `${workspace}:${table}:bulk`, `*:${table}:bulk`];',
    to: '];',
  },
  oldValues: {
    file: track,
    from: 'old_values, new_values, key[1], key[1])',
    to: 'new_values, new_values, key[1], key[1])',
  },
  newValues: {
    file: track,
    from: 'old_values, new_values, key[1], key[1])',
    to: 'old_values, old_values, key[1], key[1])',
  },
  ancestors: { file: track, from: 'names text[] := name || ancestors;', to: 'names text[] := array[name];' },
  descendants: { file: track, from: 'case when cardinality(bulks) > 0 then', to: 'case when false then' },
  imageOfRow: { file: track, from: '"old row" *<> "new row")', to: '"old row" <> "new row")' },
  oldValuesOfOne: {
    file: track,
    from: "select array_agg(format('nullif(%s, %s)', o, n))",
    to: "select array_agg(format('nullif(%s, %s)', n, n))",
  },
  newValuesOfOne: { file: track, from: 'else new_tags || (', to: 'else old_tags || (' },
  imageOfOne: {
    file: track,
    from: `' where "old row" *<> "new row"'`,
    to: `' where "old row" <> "new row"'`,
  },
  oneOfMany: {
    file: track,
    from: 'exists (select from %s offset 1) into tags, many',
    to: 'exists (select from %s offset 2) into tags, many',
  },
} as const satisfies Record<string, Mutation>;

export type Rule = keyof typeof mutations;
