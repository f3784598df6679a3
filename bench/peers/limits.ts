/** Long enough that no value expires while something is measured, in seconds. */
export const ttlSeconds = 600;

/** More entries than any benchmark has. */
export const manyEntries = 1_000_000;
