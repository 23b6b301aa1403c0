-- The queue of 3939: who waits, who is idle, which call is offered to whom. One run is one step: nothing comes between.
--
-- KEYS[1]  the generation; every key of ours begins as it does, so that all are in its hash slot
-- ARGV[1]  the operation (a function of `operations`, at the end)
-- ARGV[2]  now in ms, or '' for the clock of this server
-- ARGV[3…] what the operation takes
-- Returns  {status, detail, events}, the events in the order in which they happened.
--
-- queue.py writes the constants in capitals above these lines: RINGS (ms), LOOK_AHEAD, ACKNOWLEDGE_MS, ACCEPT_MS,
-- EXCLUSION_MS, REMEMBER_MS, RESTORE_SECONDS, MOST_AT_ONCE.
--
--   ticket:<id>            hash: class, score, at (queued, ms), ring (open at once), offer while offered,
--                          x:<advisor> = excluded until (ms)
--   advisor:<id>           hash: since (ms), serves ("line ring line ring …"), idle or offer
--   offer:<id>             hash: ticket, advisor, made_at, acknowledge_by, accept_by (ms), acknowledged, answer (its end)
--   waiting:<class>        tickets by score, those that are not offered
--   idle:<line>:<ring>     advisors by since, those that are idle; a line is a class without its tier
--   classes                classes in which somebody waits
--   deadlines, leases      offers and advisors by the time (ms) at which they end
--   last                   the newest offer's id
--   restoring:<token>      somebody's rebuild is under way, and nothing was emptied since it began

local call = redis.call
local P = string.match(KEYS[1], '^(.*:)')
local time = call('TIME')
local now = tonumber(ARGV[2]) or time[1] * 1000 + math.floor(time[2] / 1000)
local events = {}

local function happened(...) events[#events + 1] = {...} end

-- The order of tickets and of advisors, the same as that of a sorted set.
local function before(a, b) return a.score < b.score or (a.score == b.score and a.id < b.id) end

-- The first of a sorted set that is `eligible`, if it comes before `best`; else `best`. Past LOOK_AHEAD nobody looks.
local function first(sorted, eligible, best)
  for rank = 0, LOOK_AHEAD - 1 do
    local entry = call('ZRANGE', sorted, rank, rank, 'WITHSCORES')
    local found = entry[1] and {id = entry[1], score = tonumber(entry[2])}
    if not found or (best and not before(found, best)) then return best end
    if eligible(found.id) then return found end
  end
  return best
end

local function line_of(class) return string.match(class, '^(.*):') end

-- Rings up to the ticket's own may take it at once; those further out after as long as the next ones would from ring 0.
local function open(ring, at, own) return ring <= own or now - at >= RINGS[ring - own + 1] end

local function over(ends) return not ends or tonumber(ends) <= now end

local function leased(advisor) return not over(call('ZSCORE', P .. 'leases', advisor)) end

local function served(advisor) return string.gmatch(call('HGET', P .. 'advisor:' .. advisor, 'serves'), '(%S+) (%d)') end

-- The first ticket, of all the lines that an advisor serves, that they may take.
local function ticket_for(advisor)
  local busy, best = {}, nil
  for _, class in ipairs(call('SMEMBERS', P .. 'classes')) do
    local line = line_of(class)
    busy[line] = busy[line] or {}
    table.insert(busy[line], class)
  end
  for line, ring in served(advisor) do
    local function may_take(ticket)
      local at, own, excluded_until = unpack(call('HMGET', P .. 'ticket:' .. ticket, 'at', 'ring', 'x:' .. advisor))
      return open(tonumber(ring), at, tonumber(own)) and over(excluded_until)
    end
    for _, class in ipairs(busy[line] or {}) do best = first(P .. 'waiting:' .. class, may_take, best) end
  end
  return best
end

-- The longest idle advisor who may take a ticket.
local function advisor_for(ticket)
  local class, at, own = unpack(call('HMGET', P .. 'ticket:' .. ticket, 'class', 'at', 'ring'))
  local best
  for ring = 0, #RINGS - 1 do
    if open(ring, at, tonumber(own)) then
      best = first(P .. 'idle:' .. line_of(class) .. ':' .. ring, function(advisor)
        return leased(advisor) and over(call('HGET', P .. 'ticket:' .. ticket, 'x:' .. advisor))
      end, best)
    end
  end
  return best
end

local function set_waiting(ticket)
  local class, score = unpack(call('HMGET', P .. 'ticket:' .. ticket, 'class', 'score'))
  call('ZADD', P .. 'waiting:' .. class, score, ticket)
  call('SADD', P .. 'classes', class)
  return {id = ticket, score = tonumber(score)}
end

local function unset_waiting(ticket)
  local class = call('HGET', P .. 'ticket:' .. ticket, 'class')
  call('ZREM', P .. 'waiting:' .. class, ticket)
  if call('EXISTS', P .. 'waiting:' .. class) == 0 then call('SREM', P .. 'classes', class) end
end

local function set_idle(advisor)
  local since = call('HGET', P .. 'advisor:' .. advisor, 'since')
  for line, ring in served(advisor) do call('ZADD', P .. 'idle:' .. line .. ':' .. ring, since, advisor) end
  call('HSET', P .. 'advisor:' .. advisor, 'idle', 1)
end

local function unset_idle(advisor)
  if call('HDEL', P .. 'advisor:' .. advisor, 'idle') == 0 then return end
  for line, ring in served(advisor) do call('ZREM', P .. 'idle:' .. line .. ':' .. ring, advisor) end
end

-- Offer a waiting ticket. Ids grow, also where a FLUSHALL took the last one: they follow the clock, in microseconds.
local function offer(ticket, advisor)
  local last = tonumber(call('GET', P .. 'last') or 0)
  local id = string.format('%.0f', math.max(time[1] * 1000000 + time[2], last + 1))
  local acknowledge_by, accept_by = now + ACKNOWLEDGE_MS, now + ACCEPT_MS
  call('SET', P .. 'last', id)
  call('HSET', P .. 'offer:' .. id, 'ticket', ticket, 'advisor', advisor,
    'made_at', now, 'acknowledge_by', acknowledge_by, 'accept_by', accept_by)
  call('ZADD', P .. 'deadlines', math.min(acknowledge_by, accept_by), id)
  unset_waiting(ticket)
  unset_idle(advisor)
  call('HSET', P .. 'ticket:' .. ticket, 'offer', id)
  call('HSET', P .. 'advisor:' .. advisor, 'offer', id)
  call('PUBLISH', P .. 'news', advisor)
  happened('offered', id, ticket, advisor, now, acknowledge_by, accept_by)
end

-- End an offer; what becomes of its ticket and its advisor is the caller's. Its end is remembered for who asks again.
local function end_offer(id, answer)
  local ticket, advisor = unpack(call('HMGET', P .. 'offer:' .. id, 'ticket', 'advisor'))
  call('HSET', P .. 'offer:' .. id, 'answer', answer)
  call('PEXPIRE', P .. 'offer:' .. id, REMEMBER_MS)
  call('ZREM', P .. 'deadlines', id)
  call('HDEL', P .. 'ticket:' .. ticket, 'offer')
  call('HDEL', P .. 'advisor:' .. advisor, 'offer')
  if answer ~= 'accepted' then
    call('PUBLISH', P .. 'news', advisor)
    happened('ended', id, ticket, advisor, answer)
  end
  return ticket, advisor
end

local function exclude(ticket, advisor)
  call('HSET', P .. 'ticket:' .. ticket, 'x:' .. advisor, now + EXCLUSION_MS)
end

local function drop_advisor(advisor)
  unset_idle(advisor)
  call('ZREM', P .. 'leases', advisor)
  call('DEL', P .. 'advisor:' .. advisor)
end

-- Offer the ticket, or one before it that its advisor would rather have: from a ticket to the longest idle advisor for
-- it, from them to the first ticket for them, until two choose each other. Returns the id of the ticket offered.
local function match(ticket)
  local advisor = advisor_for(ticket.id)
  while advisor do
    local earlier = ticket_for(advisor.id)
    if not earlier or not before(earlier, ticket) then break end
    ticket = earlier
    local longer = advisor_for(ticket.id)
    if not longer or not before(longer, advisor) then break end
    advisor = longer
  end
  if not advisor then return nil end
  offer(ticket.id, advisor.id)
  return ticket.id
end

-- Match until the ticket is offered (true) or no idle advisor may take it (false).
local function settle(ticket)
  local offered
  repeat offered = match(ticket) until not offered or offered == ticket.id
  return offered ~= nil
end

-- An advisor has come free. In the rush hour somebody waits, and they never enter the sets of the idle.
local function free(advisor)
  local since = tonumber(call('HGET', P .. 'advisor:' .. advisor, 'since'))
  local ticket = leased(advisor) and ticket_for(advisor)
  if ticket then
    local longer = advisor_for(ticket.id)
    if not longer or before({id = advisor, score = since}, longer) then return offer(ticket.id, advisor) end
  end
  set_idle(advisor)
  while ticket and match(ticket) and call('HEXISTS', P .. 'advisor:' .. advisor, 'idle') == 1 do
    ticket = ticket_for(advisor)
  end
end

-- Match what can be, so many at once: after a sweep (rings open, exclusions end) and after a rebuild.
local function settle_all()
  for _, class in ipairs(call('SMEMBERS', P .. 'classes')) do
    local rank = 0
    while rank < LOOK_AHEAD and #events < 2 * MOST_AT_ONCE do
      local entry = call('ZRANGE', P .. 'waiting:' .. class, rank, rank, 'WITHSCORES')
      if not entry[1] then break end
      if not settle({id = entry[1], score = tonumber(entry[2])}) then rank = rank + 1 end
    end
  end
end

-- ARGV[i…]: ticket, class, score, queued at (ms), ring open at once, excluded advisors. Returns nil where the ticket is here already.
local function enter(i)
  local ticket = ARGV[i]
  if call('EXISTS', P .. 'ticket:' .. ticket) == 1 then return nil end
  local class, score, at, ring = unpack(ARGV, i + 1, i + 4)
  call('HSET', P .. 'ticket:' .. ticket, 'class', class, 'score', score, 'at', at, 'ring', ring)
  for advisor in string.gmatch(ARGV[i + 5], '%S+') do exclude(ticket, advisor) end
  return set_waiting(ticket)
end

-- ARGV[i…]: advisor, since (ms), lease (ms), what they serve. Returns whether they are now neither idle nor offered.
local function join(i)
  local advisor, since, lease, serves = unpack(ARGV, i, i + 3)
  local key = P .. 'advisor:' .. advisor
  local old_since, old_serves, offered = unpack(call('HMGET', key, 'since', 'serves', 'offer'))
  call('ZADD', P .. 'leases', now + lease, advisor)
  if old_since == since and old_serves == serves then return false end
  if old_since then unset_idle(advisor) end
  call('HSET', key, 'since', since, 'serves', serves)
  return not offered
end

-- The ticket of an offer that was made to this advisor; or nil and why it is not to be had.
local function made_to(id, advisor, answers)
  local ticket, whose, answer = unpack(call('HMGET', P .. 'offer:' .. id, 'ticket', 'advisor', 'answer'))
  if not ticket then return nil, 'over' end
  if whose ~= advisor then return nil, 'not-yours' end
  if answer and not answers[answer] then return nil, 'over' end
  return ticket, nil, answer
end

local operations = {}

function operations.queue()
  local ticket = enter(3)
  if ticket then settle(ticket) end
end

function operations.ready()
  if join(3) then free(ARGV[3]) end
end

function operations.acknowledge()
  local id, advisor = ARGV[3], ARGV[4]
  local ticket, why, answer = made_to(id, advisor, {accepted = true})
  if not ticket then return why end
  if not answer then
    call('HSET', P .. 'offer:' .. id, 'acknowledged', 1)
    call('ZADD', P .. 'deadlines', call('HGET', P .. 'offer:' .. id, 'accept_by'), id)
  end
  return 'done', ticket
end

function operations.accept()
  local id, advisor = ARGV[3], ARGV[4]
  local ticket, why, answer = made_to(id, advisor, {accepted = true})
  if not ticket then return why end
  if not answer then
    end_offer(id, 'accepted')
    call('DEL', P .. 'ticket:' .. ticket)
    drop_advisor(advisor)
  end
  return 'done', ticket
end

function operations.reject()
  local id, advisor = ARGV[3], ARGV[4]
  local ticket, why, answer = made_to(id, advisor, {rejected = true})
  if not ticket then return why end
  if not answer then
    end_offer(id, 'rejected')
    exclude(ticket, advisor)
    local waiting = set_waiting(ticket)
    free(advisor)
    if call('HEXISTS', P .. 'ticket:' .. ticket, 'offer') == 0 then settle(waiting) end
  end
  return 'done', ticket
end

function operations.leave()
  local ticket = ARGV[3]
  local class, id = unpack(call('HMGET', P .. 'ticket:' .. ticket, 'class', 'offer'))
  if not class then return 'done' end
  if not id then unset_waiting(ticket) end
  local _, advisor
  if id then _, advisor = end_offer(id, 'left') end
  call('DEL', P .. 'ticket:' .. ticket)
  if advisor then free(advisor) end
end

function operations.withdraw()
  local advisor = ARGV[3]
  local since, id = unpack(call('HMGET', P .. 'advisor:' .. advisor, 'since', 'offer'))
  if not since then return 'done' end
  local ticket = id and end_offer(id, 'withdrawn')
  drop_advisor(advisor)
  if ticket then settle(set_waiting(ticket)) end
end

function operations.heartbeat()
  local advisor, lease = ARGV[3], ARGV[4]
  if call('EXISTS', P .. 'advisor:' .. advisor) == 0 then return 'unknown' end
  call('ZADD', P .. 'leases', now + lease, advisor)
end

function operations.offered()
  local id = call('HGET', P .. 'advisor:' .. ARGV[3], 'offer')
  if not id then return 'unknown' end
  local fields = {'ticket', 'advisor', 'made_at', 'acknowledge_by', 'accept_by'}
  return 'done', {id, unpack(call('HMGET', P .. 'offer:' .. id, unpack(fields)))}
end

function operations.sweep()
  for _, id in ipairs(call('ZRANGE', P .. 'deadlines', '-inf', now, 'BYSCORE', 'LIMIT', 0, MOST_AT_ONCE)) do
    local seen = call('HEXISTS', P .. 'offer:' .. id, 'acknowledged') == 1
    local ticket, advisor = end_offer(id, seen and 'unanswered' or 'unacknowledged')
    exclude(ticket, advisor)
    set_waiting(ticket)
    drop_advisor(advisor)
  end
  for _, advisor in ipairs(call('ZRANGE', P .. 'leases', '-inf', now, 'BYSCORE', 'LIMIT', 0, MOST_AT_ONCE)) do
    local id = call('HGET', P .. 'advisor:' .. advisor, 'offer')
    if id then set_waiting((end_offer(id, 'lapsed'))) end
    drop_advisor(advisor)
    happened('lapsed', advisor)
  end
  settle_all()
end

function operations.pressure()
  local found = {}
  for i = 3, #ARGV do
    local waiting, idle = P .. 'waiting:' .. ARGV[i], 0
    local head = call('ZRANGE', waiting, 0, 0)[1]
    for ring = 0, #RINGS - 1 do idle = idle + call('ZCARD', P .. 'idle:' .. line_of(ARGV[i]) .. ':' .. ring) end
    local waited = head and now - call('HGET', P .. 'ticket:' .. head, 'at') or 0
    found[#found + 1] = {call('ZCARD', waiting), waited, idle}
  end
  return 'done', found
end

-- ARGV[3…]: the token of a rebuild, 1 where it begins, how many tickets, the tickets, the advisors.
function operations.restore()
  local mark = P .. 'restoring:' .. ARGV[3]
  if ARGV[4] == '1' then call('SET', mark, 1, 'EX', RESTORE_SECONDS) end
  if call('EXISTS', mark) == 0 then return 'forgotten' end
  local advisors = 6 + 6 * ARGV[5]
  for i = 6, advisors - 1, 6 do enter(i) end
  for i = advisors, #ARGV, 4 do
    if join(i) then set_idle(ARGV[i]) end
  end
end

-- ARGV[3…]: the token of a rebuild whose parts are all restored; the newest offer's id that is known elsewhere.
function operations.remember()
  if call('DEL', P .. 'restoring:' .. ARGV[3]) == 0 then return 'forgotten' end
  call('SET', KEYS[1], now)
  call('SET', P .. 'last', ARGV[4])
  settle_all()
end

local remembers = call('EXISTS', KEYS[1]) == 1
local rebuilding = ARGV[1] == 'restore' or ARGV[1] == 'remember'
if remembers and rebuilding then return {'over', '', {}} end
if not remembers and not rebuilding then return {'forgotten', '', {}} end
local status, detail = operations[ARGV[1]]()
return {status or 'done', detail or '', events}
