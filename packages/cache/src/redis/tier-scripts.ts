import { verdicts } from './authority-scripts.ts';

/*
 * Scripts on the authority's hash, KEYS[1], and on many keys of its slot: for each, the value's and the lease's. A value
 * lies in a string that begins as encodeEntry writes it.
 */

/** `head(value)` reads what a script needs of one, or fails if it is something else, which is as good as nothing. */
const head = `
local function head(value)
  local magic, version, expires, keptUntil, asOf, ofEpoch, count, at =
    struct.unpack('<c2BxxxxxdddI4c0I4', value)
  if magic ~= 'VR' or version ~= 1 then error('another format') end
  local tags = {}
  for i = 1, count do tags[i], at = struct.unpack('<I4c0', value, at) end
  return verdict(ofEpoch, asOf, tags), expires, keptUntil
end
`;

/** How much values one call brings back; what is over is asked for again. */
const mostBytes = 1_000_000;

/**
 * ARGV: an epoch to begin if there is none, the time, how long a lease is, then for each key who asks for its lease or ''.
 * Answers `[epoch, sequence, …]` and for each key the value, or why there is none; and the lease's holder if the value is
 * not fresh. It writes leases and a new epoch also when Redis has no memory left: both are small, and end.
 */
export const lookScript = `#!lua flags=allow-oom
${verdicts}
${head}
if not epoch then
  epoch, sequence, floor = ARGV[1], 0, 0
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'sequence', 0, 'floor', 0)
end
local now, answer, bytes = tonumber(ARGV[2]), { epoch .. memory, sequence }, 0
for i = 1, #ARGV - 3 do
  local said, holder = 'absent', false
  if bytes > ${mostBytes} then
    said = 'later'
  else
    local value = redis.pcall('GET', KEYS[2 * i])
    local fresh = false
    if type(value) == 'string' then
      local known, verdict, expires, keptUntil = pcall(head, value)
      if known and keptUntil > now then
        said = verdict
        if verdict == 'current' then
          said, fresh, bytes = value, expires > now, bytes + #value
        end
      end
    end
    if not fresh then
      local lease, asker = KEYS[2 * i + 1], ARGV[i + 3]
      if asker == '' then
        holder = redis.pcall('GET', lease)
      else
        holder = redis.pcall('SET', lease, asker, 'NX', 'GET', 'PX', ARGV[3]) or asker
      end
      if type(holder) ~= 'string' then holder = false end
    end
  end
  answer[2 * i + 1], answer[2 * i + 2] = said, holder
end
return answer
`;

/**
 * ARGV: for each key how long its value is kept (0: not at all), the lease's holder or '', the value. Answers the verdicts.
 * Redis refuses it before it does anything when it has no memory left.
 */
export const settleScript = `#!lua
${verdicts}
${head}
local answers = {}
for i = 1, #ARGV / 3 do
  local kept, holder, value = ARGV[3 * i - 2], ARGV[3 * i - 1], ARGV[3 * i]
  local said = head(value)
  if said == 'current' then
    if kept == '0' then
      redis.call('UNLINK', KEYS[2 * i])
    else
      redis.call('SET', KEYS[2 * i], value, 'PX', kept)
    end
  end
  if holder ~= '' and redis.pcall('GET', KEYS[2 * i + 1]) == holder then redis.call('DEL', KEYS[2 * i + 1]) end
  answers[i] = said
end
return answers
`;

/** KEYS: a lease. ARGV: its holder, how long it is from now on. */
export const renewScript = `#!lua flags=allow-oom
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
`;

/** KEYS: a lease. ARGV: its holder. */
export const releaseScript = `#!lua flags=allow-oom
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
`;
