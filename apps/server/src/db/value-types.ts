import { types } from 'pg';

/**
 * How PostgreSQL's values become JavaScript's: times as ISO 8601 text (that is what goes out), counts and amounts as
 * numbers. Every bigint and numeric of Vif's own tables is far below 2^53.
 */
export const valueTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (format !== 'binary') {
      if (oid === types.builtins.TIMESTAMPTZ) return (value: string) => new Date(value).toISOString();
      if (oid === types.builtins.INT8 || oid === types.builtins.NUMERIC) return Number;
    }
    return types.getTypeParser(oid, format);
  },
};

/** For the sign-in library, which wants times as `Date` and computes with its counters, which are bigint. */
export const signInValueTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    return oid === types.builtins.INT8 && format !== 'binary' ? Number : types.getTypeParser(oid, format);
  },
};
