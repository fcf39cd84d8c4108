"""A route for the requests with a certain header, through the whole gateway."""

from tests.adapters.cases import SAMPLE_BASE64
from tests.inprocess import running

CONFIG = """
upstreams:
  gold: {adapter: replay, options: {}}
  plain: {adapter: replay, options: {}}
routes:
  - {name: gold, when: {header: {X-Tenant: [gold, platinum]}, max_bytes: 1000000}, targets: [gold]}
  - {name: plain, targets: [plain]}
"""


async def test_a_header_decides():
    asked = {"image": SAMPLE_BASE64.decode(), "country_region": ["THA"], "id_type": ["PP"]}
    async with running(CONFIG) as gateway:
        answered = [await gateway.ask(asked, **headers) for headers in ({"X-Tenant": "gold"}, {"X-Tenant": "iron"}, {})]
    assert [headers["X-Gateway-Route"] for _, _, headers in answered] == ["gold", "plain", "plain"]
