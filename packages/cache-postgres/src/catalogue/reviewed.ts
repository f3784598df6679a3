/**
 * Extensions whose immutable functions, operators, types and casts answer from their arguments alone, as far as
 * their sources were read (PostgreSQL 15 to 18, contrib). One of somebody else's is not here: it may read tables.
 */
export const reviewedExtensions: readonly string[] = [
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'ltree',
  'pg_trgm',
  'seg',
  'unaccent',
];

/** Stable functions of theirs that read nothing but a setting. */
export const reviewedStable: readonly string[] = [
  'similarity_op',
  'word_similarity_op',
  'word_similarity_commutator_op',
  'strict_word_similarity_op',
  'strict_word_similarity_commutator_op',
  'unaccent',
];

/**
 * Functions of pg_catalog that are stable in one form at least, and read nothing but settings of the session: its time
 * zone, formats and text search configuration. None of them reads a table or the clock.
 */
export const stable: ReadonlySet<string> = new Set([
  'array_to_json',
  'array_to_string',
  'concat',
  'concat_ws',
  'date',
  'date_add',
  'date_bin',
  'date_part',
  'date_subtract',
  'date_trunc',
  'extract',
  'format',
  'generate_series',
  'json_agg',
  'json_build_array',
  'json_build_object',
  'json_object_agg',
  'json_to_record',
  'json_to_recordset',
  'jsonb_agg',
  'jsonb_build_array',
  'jsonb_build_object',
  'jsonb_object_agg',
  'jsonb_to_record',
  'jsonb_to_recordset',
  'length',
  'make_timestamptz',
  'phraseto_tsquery',
  'plainto_tsquery',
  'quote_literal',
  'quote_nullable',
  'row_to_json',
  'string_to_array',
  'text',
  'timezone',
  'to_char',
  'to_date',
  'to_json',
  'to_jsonb',
  'to_number',
  'to_timestamp',
  'to_tsquery',
  'to_tsvector',
  'ts_headline',
  'ts_rank',
  'websearch_to_tsquery',
]);
