/** The level from which pino's lines are errors. */
const error = 50;

/** Lines of what a server said that it never should say, whatever is done to it: faults of its own. */
export function complaintsOfLog(said: string): string[] {
  return said.split('\n').filter((line) => {
    if (!line.startsWith('{')) return /^\s+at .+:\d+|unhandled|uncaught|Error:/i.test(line);
    const { level } = JSON.parse(line) as { level: number }; // pino's
    return level >= error || /unhandled|uncaught/i.test(line);
  });
}
