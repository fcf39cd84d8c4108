import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway import heads
from gateway.build import build
from gateway.config.load import load_text
from gateway.errors import NoRoute
from gateway.migrate.migration import Migration
from gateway.migrate.ramp import Order
from gateway.migrate.store import FileRampStore
from gateway.model import IdDocument, Recognition
from tests.fakes import Events, make_query

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TEXT = """
callers: {anonymous: true}
state: {directory: var}
upstreams:
  old:
    adapter: huawei_id_document
    options: {endpoint: "http://127.0.0.1:9", project_id: p}
    region: th
    end_of_life: 2026-12-20T00:00:00Z
    brownout: {between: 10:00-10:30}
  new: {adapter: replay, region: sg}
  far: {adapter: replay}
routes:
  - {name: r, when: {input: image}, targets: [old], migrate: {from: old, to: new, key: request}}
  - {name: s, targets: [old, far], residency: [sg]}
"""


def loaded(text: str = TEXT, folder: Path = Path()):
    config = load_text(text, name="f", folder=folder)
    config.source.raise_problems()
    return config


class Arm:
    def __init__(self, names):
        self.names = ">".join(names)

    async def recognize(self, _query, /):
        return Recognition(IdDocument(), self.names)


async def test_who_is_outside_is_in_no_arm():
    settings = loaded().settings
    route = settings.routes[1]
    assert heads.outside(route, settings.upstreams) == {"old": "is in th, not in sg"}
    recognizer = heads.recognizer(route, settings.upstreams, {}, Arm, None)
    assert (await recognizer.recognize(make_query())).upstream == "far"


async def test_where_nobody_is_left_nobody_is_asked():
    text = TEXT.replace("targets: [old, far], residency: [sg]", "targets: [old], residency: [sg]")
    config = load_text(text, name="f")
    assert len(config.source.problems) == 1
    settings = config.settings
    with pytest.raises(NoRoute):
        await heads.recognizer(settings.routes[1], settings.upstreams, {}, Arm, None).recognize(make_query())


def test_the_newcomer_may_answer_too():
    routes = loaded().settings.routes
    assert [heads.names(route) for route in routes] == [["old", "new"], ["old", "far"]]


def test_explain_shows_the_ramp_as_it_was_kept(tmp_path):
    config = loaded(folder=tmp_path)
    gateway = build(config, observer=Events())

    def percents():
        return {target.name: target.percent for target in gateway.explain(make_query())[0].targets}

    assert percents() == {"old": 99, "new": 1}
    store = FileRampStore(tmp_path / "var")

    async def advance():
        migration = Migration("r", config.settings.routes[0].migrate, store, observer=Events())
        await migration.sync()
        await migration.order(Order.ADVANCE, ["any"])

    asyncio.run(advance())
    assert percents() == {"old": 95, "new": 5}


def test_explain_says_what_only_a_running_gateway_knows():
    gateway = build(loaded(TEXT.replace("directory: var", "url: 'redis://127.0.0.1:1/0'")), observer=Events())
    notes = {target.name: target.note for target in gateway.explain(make_query())[0].targets}
    assert notes["new"] == "how far the ramp is, only a running gateway knows"
    assert "a rehearsal" in notes["old"]
    assert "on 2026-12-20" in notes["old"]


def test_who_still_needs_what_ends():
    settings = loaded().settings
    assert heads.ends(settings) == {"old": datetime(2026, 12, 20, tzinfo=UTC)}
    assert heads.end_warnings(settings, NOW) == [
        "upstream old ends on 2026-12-20, in 19 days, and is still needed by: r, s"
    ]


@pytest.mark.parametrize(
    ("state", "folder"),
    [
        ("state: {directory: var}", "var"),
        ("journal: {directory: log}", "log"),
        ("state: {directory: var}\njournal: {directory: log}", "var"),
        ("", None),
    ],
)
def test_where_the_state_is_kept(tmp_path, state, folder):
    text = TEXT.replace("state: {directory: var}", state)
    config = load_text(text, name="f", folder=tmp_path)
    assert heads.ramp_folder(config) == (None if folder is None else tmp_path / folder)
