/** Most statements have none of these words. */
const perhaps = /\b(?:set|set_config|reset|discard|temp|temporary|pg_temp)\b/i;
const setting =
  /(?:^|;)\s*(?:set\s+(?!local\b|transaction\b|constraints\b|session\s+characteristics\b)|reset\b|discard\b)/i;
const temporary = /\bpg_temp\b|\b(?:create|into)\s+(?:(?:local|global)\s+)?temp(?:orary)?\b/i;

/**
 * Whether a statement may leave its session with other settings, or with tables that only it sees: then the same
 * statement may mean something else there than on another connection. Says yes too often rather than too seldom.
 */
export function altersSession(text: string): boolean {
  if (!perhaps.test(text)) return false;
  const calls = text.match(/\bset_config\s*\(/gi)?.length ?? 0;
  const local = text.match(/,\s*true\s*\)/gi)?.length ?? 0;
  return setting.test(text) || temporary.test(text) || calls > local;
}
