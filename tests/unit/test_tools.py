from pathlib import Path

import pytest
import trustme

from gateway.config.load import load_text
from gateway.state.opening import Place
from gateway.tools import open_tools, state_place

REST = """
callers: {anonymous: true}
upstreams: {local: {adapter: replay}}
routes: [{name: r, targets: [local]}]
"""


async def test_tools_are_closed_when_they_are_left():
    async with open_tools() as tools:
        session = tools.session
        assert not session.closed
    assert session.closed


@pytest.mark.parametrize(("state", "port"), [("{}", None), ("{url: 'redis://h:7/0'}", 7)])
def test_where_state_is_shared(state, port):
    place = state_place(load_text(f"state: {state}\n{REST}", name="f"))
    assert place.tls is None
    assert (place.address.port if place.address else None) == port


def test_authorities_of_its_own(tmp_path):
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    config = load_text(f"state: {{url: 'rediss://h/0', ca: ca.pem}}\n{REST}", name="f", folder=tmp_path)
    assert state_place(config).tls is not None
    missing = load_text(f"state: {{url: 'rediss://h/0', ca: no.pem}}\n{REST}", name="f", folder=Path(tmp_path))
    assert state_place(missing) == Place(None)
    assert [problem.path for problem in missing.source.problems] == ["state.ca"]
