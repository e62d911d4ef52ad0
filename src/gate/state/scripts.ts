import { type Script, scriptOf } from './connection.ts';

/**
 * What all of them begin with. `life`: which life of the counts this is, on which server, until when nothing is counted in it,
 * and how many times something was. `day`: calls of each grant and micro-dollars since midnight UTC, by the server's clock,
 * which never runs backwards here. `minute`: calls by the second. `base`: what each count was when this life began, and what
 * gates have put back since. `back`: what was given back, so that nothing is given back twice.
 */
const BEGIN = `
local life, day, minute, base, back = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', life, 'id', 'server', 'time', 'opens', 'seq', 'prior', 'priorSeq')
local last = tonumber(known[3] or '0')
if clock < last - 60000 then return {'CLOCK'} end
local now = math.max(clock, last)
local second = math.floor(now / 1000)
local today = math.floor(now / 86400000)
local MOST = 8e15
local function text(number) return string.format('%.0f', number) end
-- A gate that may not ask which server this is cannot tell.
local function isOther(server) return server ~= '' and known[2] ~= server end
local function turn()
  if redis.call('HGET', day, 'day') == text(today) then return end
  redis.call('DEL', day, base, back)
  redis.call('HSET', day, 'day', text(today))
end
local function lastMinute()
  local sum = 0
  local all = redis.call('HGETALL', minute)
  for i = 1, #all, 2 do
    if tonumber(all[i]) < second - 60 then redis.call('HDEL', minute, all[i]) else sum = sum + tonumber(all[i + 1]) end
  end
  return sum
end
local function keep()
  for _, key in ipairs({day, base, back}) do redis.call('EXPIRE', key, 172800) end
  redis.call('EXPIRE', minute, 180)
  redis.call('EXPIRE', life, 691200)
end
`;

/**
 * Counts one call, unless a cap that it says is reached, and tells what stood there before.
 * Arguments: life, server, seq that was seen, field of the grant, micro-dollars, caps a minute, a day and in micro-dollars
 * (-1: none).
 */
export const COUNT: Script = scriptOf(`${BEGIN}
local usd, perMinute, perDay, most = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local seq = tonumber(known[5] or '0')
if known[1] ~= ARGV[1] or isOther(ARGV[2]) or seq < tonumber(ARGV[3]) then return {'RESUME'} end
if now < tonumber(known[4]) then return {'WAIT', tonumber(known[4]) - now} end
turn()
local inMinute = lastMinute()
local calls = tonumber(redis.call('HGET', day, ARGV[4]) or '0')
local spent = tonumber(redis.call('HGET', day, 'usd') or '0')
local fits = (perMinute < 0 or inMinute < perMinute) and (perDay < 0 or calls < perDay)
if usd > 0 and most >= 0 and spent + usd > most then fits = false end
if fits then
  redis.call('HSET', life, 'time', text(now), 'seq', text(seq + 1))
  redis.call('HINCRBY', minute, text(second), 1)
  redis.call('HINCRBY', day, ARGV[4], 1)
  if usd > 0 then redis.call('HSET', day, 'usd', text(math.min(spent + usd, MOST))) end
  keep()
  seq = seq + 1
end
return {'COUNTED', fits and 1 or 0, now, seq, inMinute, calls, spent}
`);

/**
 * Gives one call back that did not run. Arguments: life, name of the call, field of the grant, micro-dollars, when it was counted.
 */
export const GIVE_BACK: Script = scriptOf(`${BEGIN}
if known[1] ~= ARGV[1] then return 'OTHER' end
turn()
local counted = tonumber(ARGV[5])
if math.floor(counted / 86400000) ~= today then return 'LATE' end
if redis.call('SADD', back, ARGV[2]) == 0 then return 'TWICE' end
local calls = tonumber(redis.call('HGET', day, ARGV[3]) or '0')
if calls > 0 then redis.call('HINCRBY', day, ARGV[3], -1) end
local spent = tonumber(redis.call('HGET', day, 'usd') or '0')
if tonumber(ARGV[4]) > 0 then redis.call('HSET', day, 'usd', text(math.max(0, spent - tonumber(ARGV[4])))) end
local at = text(math.floor(counted / 1000))
if tonumber(redis.call('HGET', minute, at) or '0') > 0 then redis.call('HINCRBY', minute, at, -1) end
keep()
return 'BACK'
`);

/**
 * Takes up counting: with another server than before, or where the counts are gone or older than what a gate has seen, a new
 * life begins, in which nothing is counted until all gates have had the time to say what they have seen. Each count is then at
 * least that, and what was counted since comes on top.
 * Arguments: server, milliseconds to wait in a new life, random part of its id; then what was seen: life, seq, day, calls of the
 * last minute, when, and fields with their counts.
 */
export const RESUME: Script = scriptOf(`${BEGIN}
local function began(id) return tonumber(string.match(id or '', '^%d+') or '0') end
local seen, seq = ARGV[4], tonumber(known[5] or '0')
local isNew = not known[1] or isOther(ARGV[1]) or began(seen) > began(known[1])
if known[1] == seen and seq < tonumber(ARGV[5]) then isNew = true end
turn()
local id, opens, wasEmpty = known[1], tonumber(known[4] or '0'), known[1] and 0 or 1
local inMinute = lastMinute()
if isNew then
  id = text(math.max(now, began(seen) + 1, began(id) + 1)) .. '-' .. ARGV[3]
  opens = now + tonumber(ARGV[2])
  redis.call('DEL', base)
  local all = redis.call('HGETALL', day)
  for i = 1, #all, 2 do
    if all[i] ~= 'day' then redis.call('HSET', base, all[i], all[i + 1]) end
  end
  redis.call('HSET', base, 'minute', inMinute)
  known[6], known[7] = known[1] or '', text(seq)
  redis.call('HSET', life, 'id', id, 'server', ARGV[1] ~= '' and ARGV[1] or known[2] or '', 'opens', text(opens), 'seq', text(seq),
    'prior', known[6], 'priorSeq', known[7])
end
redis.call('HSET', life, 'time', text(now))
local raised = 0
local function raise(field, saw, put)
  local missing = saw - tonumber(redis.call('HGET', base, field) or '0')
  if missing <= 0 then return end
  redis.call('HSET', base, field, text(saw))
  put(missing)
  if field ~= 'minute' and field ~= 'usd' then raised = raised + missing end
end
-- Nothing that this gate has seen went missing, and what it has not seen is not its to say.
local isWhole = seen == '' or seen == id or (seen == known[6] and tonumber(ARGV[5]) <= tonumber(known[7] or '0'))
if not isWhole then
  local at = math.floor(tonumber(ARGV[8]) / 1000)
  if at >= second - 60 and at <= second then
    raise('minute', tonumber(ARGV[7]), function(missing) redis.call('HINCRBY', minute, text(at), missing) end)
  end
  if ARGV[6] == text(today) then
    for i = 9, #ARGV, 2 do
      raise(ARGV[i], tonumber(ARGV[i + 1]), function(missing)
        local before = tonumber(redis.call('HGET', day, ARGV[i]) or '0')
        redis.call('HSET', day, ARGV[i], text(math.min(before + missing, MOST)))
      end)
    end
  end
end
keep()
return {id, math.max(0, opens - now), isNew and 1 or 0, wasEmpty, raised, seq}
`);

/** All in one slot of a cluster. The root's id is kebab-case, so that it cannot end the tag. */
export function keysOf(root: string): string[] {
  const tag = `stakes:{${root}}`;
  return ['life', 'day', 'minute', 'base', 'back'].map((name) => `${tag}:${name}`);
}
