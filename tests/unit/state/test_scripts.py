"""What scripts leave to say that the store's own tests do not: they run on the oldest server that is promised."""

from __future__ import annotations

import pytest

from gateway.state import scripts

SINCE = {"TIME": 2.6, "HMGET": 2.0, "HGET": 2.0, "HSET": 4.0, "HGETALL": 2.0, "PEXPIRE": 2.6,
         "ZREMRANGEBYSCORE": 1.2, "ZCARD": 1.2, "ZADD": 1.2}  # fmt: skip
"""Redis versions that brought the commands in the form in which they are used."""


@pytest.mark.parametrize("script", [scripts.TAKE, scripts.ACQUIRE, scripts.RENEW, scripts.TALLY])
def test_one_key_and_old_commands(script: str):
    """One key, so that a cluster's proxy knows where it belongs; the time of day before a write needs Redis 5."""
    used = {part.split("'")[0] for part in script.split("redis.call('")[1:]}
    assert used <= set(SINCE)
    assert "KEYS[1]" in script
    assert "KEYS[2]" not in script
