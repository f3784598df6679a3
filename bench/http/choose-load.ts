import { cannon } from './autocannon.ts';
import type { Load } from './load.ts';
import { findWrk } from './wrk.ts';

/** wrk where it is installed; else autocannon, with a line about how to get wrk. */
export function chooseLoad(mustBeAutocannon: boolean): Load {
  const wrk = mustBeAutocannon ? undefined : findWrk();
  if (!wrk && !mustBeAutocannon) {
    const installs: Partial<Record<NodeJS.Platform, string>> = {
      linux: process.getuid?.() === 0 ? 'apt-get install wrk' : 'sudo apt-get install wrk',
      darwin: 'brew install wrk',
    };
    const how = installs[process.platform];
    console.error(
      `wrk is not installed${how ? ` (${how})` : ''}: measured with ${cannon.name}, whose clients cost more.`,
    );
  }
  return wrk ?? cannon;
}
