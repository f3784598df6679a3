import type { RequestHeaders } from '../vif/exchange.ts';

/** What `wrkScript` has wrk say at its end, in this order. Times are microseconds. */
export const wrkFigures = [
  'summary.requests',
  'summary.duration',
  'summary.bytes',
  'latency:percentile(50)',
  'latency:percentile(99)',
  'summary.errors.connect',
  'summary.errors.read',
  'summary.errors.write',
  'summary.errors.status',
  'summary.errors.timeout',
] as const;

/** The Lua that tells wrk what to ask and what to say. Requests are made before the first is sent. */
export function wrkScript(addresses: readonly string[], headers: RequestHeaders): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${luaString(name)}] = ${luaString(value)}`,
  );
  if (addresses.length > 1) {
    lines.push(
      `local addresses = {${addresses.map(luaString).join(',')}}`,
      'local requests, at = {}, 0',
      'function init()',
      '  for i, address in ipairs(addresses) do requests[i] = wrk.format(nil, address) end',
      'end',
      'function request()',
      '  at = at % #requests + 1',
      '  return requests[at]',
      'end',
    );
  }
  lines.push(
    'function done(summary, latency)',
    `  local figures = {${wrkFigures.join(', ')}}`,
    `  io.write("figures " .. table.concat(figures, " ") .. "\\n")`,
    'end',
  );
  return lines.join('\n');
}

/** Of ASCII without line breaks, which headers and addresses are; JSON escapes those as Lua does. */
function luaString(text: string): string {
  return JSON.stringify(text);
}
