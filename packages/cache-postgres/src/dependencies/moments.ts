/** Words that mean another moment each time a date is read from them. */
const moment = /(?:^|[^a-z])(?:now|today|tomorrow|yesterday)(?:[^a-z]|$)/i;

/** Whether what the driver writes out of a value may be read as a moment that moves: of any length, since blanks do not count. */
export function mayBeMoment(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mayBeMoment);
  if (typeof value === 'string') return moment.test(value);
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value))
    return false;
  // What this answers may be any text.
  return 'toPostgres' in value || moment.test(JSON.stringify(value) ?? '');
}
