/** The level from which pino's lines are errors. */
const error = 50;
/** What the sign-in library says when it cannot reach the database, the second with its trace; the answer is a 503. */
const ofLibrary = /^(INTERNAL_SERVER_ERROR|Failed to query fallback join for model user:)$/;

/** Lines of what a server said that it never should say, whatever is done to it: faults of its own. */
export function complaintsOfLog(said: string): string[] {
  let isOfLibrary = false;
  return said.split('\n').filter((line) => {
    if (!line.startsWith('{')) return !isOfLibrary && /^\s+at .+:\d+|unhandled|uncaught|Error:/i.test(line);
    const { level, msg = '' } = JSON.parse(line) as { level: number; msg?: string }; // pino's
    isOfLibrary = ofLibrary.test(msg);
    return !isOfLibrary && (level >= error || /unhandled|uncaught/i.test(line));
  });
}
