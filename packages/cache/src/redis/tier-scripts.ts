import { verdicts } from './authority-scripts.ts';

/*
 * Scripts on the authority's hash, KEYS[1], and on many keys of its slot: the values', then the leases'. A value
 * lies in a string that begins as encodeEntry writes it.
 */

/**
 * `readHead(value)` reads what a script needs of one, or fails if it is something else, which is as good as nothing. Tags
 * that are few are read by one call, which takes a third of the time.
 */
const readHead = `
local function readHead(value)
  local magic, version, expires, keptUntil, asOf, ofEpoch, count, at =
    struct.unpack('<c2BxxxxxdddI4c0I4', value)
  if magic ~= 'VR' or version ~= 1 then error('another format') end
  if count == 0 then return expires, keptUntil, asOf, ofEpoch, {}, 0 end
  if count <= 20 then
    local tags = { struct.unpack('<' .. string.rep('I4c0', count), value, at) }
    return expires, keptUntil, asOf, ofEpoch, tags, count
  end
  local tags = {}
  for i = 1, count do tags[i], at = struct.unpack('<I4c0', value, at) end
  return expires, keptUntil, asOf, ofEpoch, tags, count
end
`;

/** How much values one call brings back; what is over is asked for again. */
const mostBytes = 1_000_000;

/**
 * ARGV: an epoch to begin if there is none, the time, how long a lease is, then for each key who asks for its lease or ''.
 * Answers `[epoch, sequence, …]` and for each key the value, or why there is none; and the lease's holder if the value is
 * not fresh. It writes leases and a new epoch also when Redis has no memory left: both are small.
 */
export const lookScript = `#!lua flags=allow-oom
${verdicts}
${readHead}
if not epoch then
  epoch, sequence, floor = ARGV[1], 0, 0
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'sequence', 0, 'floor', 0)
end
local now, count, values, bytes = tonumber(ARGV[2]), #ARGV - 3, {}, 0
local expires, asOf, epochs, tags, tagCounts = {}, {}, {}, {}, {}
for i = 1, count do
  if bytes > ${mostBytes} then
    count = i - 1
    break
  end
  local value = redis.pcall('GET', KEYS[i + 1])
  if type(value) == 'string' then
    local known, keptUntil
    known, expires[i], keptUntil, asOf[i], epochs[i], tags[i], tagCounts[i] = pcall(readHead, value)
    if known and keptUntil > now then
      values[i], bytes = value, bytes + #value
      prepare(tags[i], 1, tagCounts[i])
    end
  end
end
local answer = { epoch .. memory, sequence }
for i = 1, count do
  local said, holder, value = 'absent', false, values[i]
  if value then
    said = verdict(epochs[i], asOf[i], tags[i], 1, tagCounts[i])
    if said == 'current' then said = value end
  end
  if said ~= value or expires[i] <= now then
    local lease, asker = KEYS[#ARGV - 2 + i], ARGV[i + 3]
    if asker == '' then
      holder = redis.pcall('GET', lease)
    else
      holder = redis.pcall('SET', lease, asker, 'NX', 'GET', 'PX', ARGV[3]) or asker
    end
    if type(holder) ~= 'string' then holder = false end
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
${readHead}
local answers, count = {}, #ARGV / 3
for i = 1, count do
  local kept, holder, value = ARGV[3 * i - 2], ARGV[3 * i - 1], ARGV[3 * i]
  local _, _, asOf, ofEpoch, tags, tagCount = readHead(value)
  answers[i] = verdict(ofEpoch, asOf, tags, 1, tagCount)
  if answers[i] == 'current' then
    if kept == '0' then
      redis.call('UNLINK', KEYS[1 + i])
    else
      redis.call('SET', KEYS[1 + i], value, 'PX', kept)
    end
  end
  local lease = KEYS[1 + count + i]
  if holder ~= '' and redis.pcall('GET', lease) == holder then redis.call('DEL', lease) end
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
