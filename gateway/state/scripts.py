"""What is done within Redis, each in one step. Moments are on the server's clock, so that those of replicas may differ."""

from __future__ import annotations

from typing import Final

_NOW: Final = """\
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
"""

TAKE: Final = (
    _NOW
    + """\
local rate, burst, cost, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = burst
if kept[1] then
    tokens = math.min(burst, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * rate)
end
local wait = math.max(0, (cost - tokens) / rate)
if wait <= patience then
    tokens = tokens - cost
    redis.call('HSET', KEYS[1], 'tokens', string.format('%.17g', tokens), 'at', string.format('%.6f', now))
    redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / rate * 1000) + 1000)
end
return string.format('%.17g', wait)
"""
)
"""Bucket; rate, burst, cost, patience -> seconds to wait. It expires a second after it would be full again."""

ACQUIRE: Final = (
    _NOW
    + """\
local holder, most, seconds = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.6f', now))
if redis.call('ZCARD', KEYS[1]) >= most then
    return 0
end
redis.call('ZADD', KEYS[1], string.format('%.6f', now + seconds), holder)
redis.call('PEXPIRE', KEYS[1], math.ceil(seconds * 1000))
return 1
"""
)
"""Places by end; holder, most, seconds -> 1 where there was one. They expire with the last of them."""

RENEW: Final = (
    _NOW
    + """\
local seconds = tonumber(ARGV[1])
for index = 2, #ARGV do
    redis.call('ZADD', KEYS[1], string.format('%.6f', now + seconds), ARGV[index])
end
redis.call('PEXPIRE', KEYS[1], math.ceil(seconds * 1000))
"""
)
"""Places by end; seconds, holders."""

TALLY: Final = """\
local kept = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0)
if tonumber(ARGV[2]) > kept then
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
    redis.call('PEXPIRE', KEYS[1], math.ceil(tonumber(ARGV[3]) * 1000))
end
local sum, all = 0, redis.call('HGETALL', KEYS[1])
for index = 1, #all, 2 do
    if all[index] ~= ARGV[1] then
        sum = sum + tonumber(all[index + 1])
    end
end
return string.format('%.17g', sum)
"""
"""Sums by process; process, its sum, seconds -> the sum of all others. Sums only grow: what is late changes nothing."""

SWAP: Final = """\
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""
"""Text; the one it is to be, empty for none, and another -> 1 where that is there now. It does not expire."""
