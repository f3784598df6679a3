/*
 * The hash that is the authority, one key for everything, so that an eviction, a FLUSHALL or a DEL takes all or nothing:
 *   epoch       random, made by whoever found the key missing
 *   sequence    how many bumps of a tag there were; each gets the next number
 *   floor       bumps up to this number may be gone, so tokens from before it are forgotten
 *   =<tag>      the number of the tag's last bump
 *   #<number>   the field `=<tag>` whose last bump has that number; this is how the oldest is found
 *
 * Redis runs a script alone, from its beginning to its end. The first line without `no-writes` makes a replica, and a
 * master that has lost its replicas under `min-replicas-to-write`, refuse also those that only read.
 */

/**
 * Whose memory this is. A stored epoch comes back with an old dump, and a replica's with its promotion; the process
 * (`run_id`) and the history that it writes (`master_replid`) do not. A replica that takes writes is refused too, as
 * its master undoes them.
 */
const server = `
local info = redis.call('INFO', 'server', 'replication')
if info:match('\\nrole:(%a+)') ~= 'master' then
  return redis.error_reply('READONLY this Redis is a replica; the authority is its master')
end
local memory = ':' .. info:match('\\nrun_id:(%x+)') .. ':' .. info:match('\\nmaster_replid:(%x+)')
`;

/** ARGV: an epoch to begin if there is none. Answers `[epoch, sequence]`. */
export const positionScript = `#!lua
${server}
local epoch, sequence = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'sequence'))
if not epoch then
  epoch, sequence = ARGV[1], 0
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'sequence', 0, 'floor', 0)
end
return { epoch .. memory, tonumber(sequence) }
`;

/**
 * Begins a script that asks about tokens. `verdict(epoch, sequence, tags, from, to)` is what the authority says of one whose
 * tags stand there in a list; a sequence that is no number is forgotten. `prepare(tags, from, to)` may be called before for
 * the tags of several: a call of Redis's from Lua costs 1 to 2 µs and one field more of it 0.2.
 */
export const verdicts = `
${server}
local epoch, sequence, floor = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'floor'))
sequence, floor = tonumber(sequence), tonumber(floor)
local bumped, fields, named, waiting = {}, {}, {}, 0
local function fetch()
  local found = redis.call('HMGET', KEYS[1], unpack(fields, 1, waiting))
  for i = 1, waiting do bumped[named[i]] = tonumber(found[i]) or 0 end
  waiting = 0
end
local function prepare(tags, from, to)
  for i = from, to do
    local tag = tags[i]
    if not bumped[tag] then
      bumped[tag], waiting = 0, waiting + 1
      fields[waiting], named[waiting] = '=' .. tag, tag
      if waiting == 1000 then fetch() end
    end
  end
end
local function verdict(ofEpoch, asOf, tags, from, to)
  if not epoch or epoch .. memory ~= ofEpoch then return 'forgotten' end
  if not (asOf and asOf >= floor and asOf <= sequence) then return 'forgotten' end
  prepare(tags, from, to)
  if waiting > 0 then fetch() end
  for i = from, to do
    if bumped[tags[i]] > asOf then return 'outdated' end
  end
  return 'current'
end
`;

/**
 * ARGV: for each token its epoch, its sequence, how many tags it has and these. Answers their verdicts. It writes nothing,
 * so it may run when Redis has no memory left.
 */
export const checkScript = `#!lua flags=allow-oom
${verdicts}
local answers, at = {}, 1
while at <= #ARGV do
  local last = at + 2 + tonumber(ARGV[at + 2])
  prepare(ARGV, at + 3, last)
  at = last + 1
end
at = 1
while at <= #ARGV do
  local last = at + 2 + tonumber(ARGV[at + 2])
  answers[#answers + 1] = verdict(ARGV[at], tonumber(ARGV[at + 1]), ARGV, at + 3, last)
  at = last + 1
end
return answers
`;

/**
 * ARGV: an epoch to begin if there is none, the capacity, the channel on which who follows hears of it, then the tags.
 * Answers the position behind the bumps, as positionScript does. Where the key is missing nothing has to be remembered:
 * every token is forgotten. Each tag moves the floor by two at most, one for itself and one to catch up after the capacity
 * was made smaller, so the work for a tag is bounded.
 */
export const bumpScript = `#!lua
${server}
local key, capacity = KEYS[1], tonumber(ARGV[2])
local epoch, sequence, floor = unpack(redis.call('HMGET', key, 'epoch', 'sequence', 'floor'))
if not epoch then
  epoch, sequence, floor = ARGV[1], 0, 0
  redis.call('HSET', key, 'epoch', epoch)
end
sequence, floor = tonumber(sequence), tonumber(floor)
local function numbered(number) return string.format('#%.0f', number) end
for i = 4, #ARGV do
  local tag = '=' .. ARGV[i]
  sequence = sequence + 1
  local last = redis.call('HGET', key, tag)
  if last then redis.call('HDEL', key, '#' .. last) end
  redis.call('HSET', key, tag, string.format('%.0f', sequence), numbered(sequence), tag)
  for _ = 1, 2 do
    if sequence - floor > capacity then
      floor = floor + 1
      local oldest = redis.call('HGET', key, numbered(floor))
      if oldest then redis.call('HDEL', key, numbered(floor), oldest) end
    end
  end
end
redis.call('HSET', key, 'sequence', string.format('%.0f', sequence), 'floor', string.format('%.0f', floor))
local told = { epoch .. memory, string.format('%.0f', sequence), unpack(ARGV, 4) }
redis.call('PUBLISH', ARGV[3], cjson.encode(told))
return { epoch .. memory, sequence }
`;
