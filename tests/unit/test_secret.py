from __future__ import annotations

from gateway.secret import Secret


def test_it_is_revealed_but_never_shown():
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"


def test_it_is_compared_by_value_whatever_is_sent():
    secret = Secret("ключ")
    assert secret.equals("ключ")
    for other in ("", "клю", "ключ ", "\udce9"):
        assert not secret.equals(other)
