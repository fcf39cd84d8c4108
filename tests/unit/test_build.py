from __future__ import annotations

from pathlib import Path

import pytest

from gateway.build import build
from gateway.config.errors import ConfigError
from gateway.config.load import load_text
from gateway.model import DocumentType
from tests.fakes import Events, make_query

GOOD = """
callers: {anonymous: true}
upstreams:
  original: {adapter: huawei_id_document, options: {endpoint: "http://127.0.0.1:9", project_id: p}, price: 0.01}
  local: {adapter: local, options: {workers: 1}}
routes:
  - {name: thai, when: {country_region: THA}, targets: [original, local]}
  - {name: default, targets: [local]}
"""


def gateway(text: str = GOOD):
    return build(load_text(text, name="test.yaml", folder=Path()), observer=Events())


def problems(text: str) -> list[tuple[int | None, str, str]]:
    """Line, key path and the message without its list of known spellings."""
    with pytest.raises(ConfigError) as raised:
        gateway(text)
    return [(problem.line, problem.path, problem.message.split(" (")[0]) for problem in raised.value.problems]


def test_explain_names_the_route_its_targets_and_the_exclusions():
    verdicts = gateway().explain(
        make_query(countries=frozenset({"THA"}), types=frozenset({DocumentType.IDENTITY_CARD}))
    )
    assert [(verdict.name, verdict.chosen) for verdict in verdicts] == [("thai", True), ("default", False)]
    assert [(target.name, target.excluded is None) for target in verdicts[0].targets] == [
        ("original", True),
        ("local", False),
    ]


def test_nothing_is_ready_before_it_was_started():
    assert gateway().not_ready() == ["upstream local: the embedded reader is starting"]


def test_every_upstream_s_options_are_checked_at_once():
    text = """
callers: {anonymous: true}
upstreams:
  one: {adapter: huawei_id_documents, options: {}}
  two: {adapter: huawei_id_document, options: {endpont: "http://h", project_id: p}}
  three:
    adapter: huawei_id_document
    options: {endpoint: "http://h", project_id: p}
    credentials: {type: huawei_akks}
  four: {adapter: local, options: {workers: 0}, timeout: 5}
routes: [{name: default, targets: [one, two, three, four]}]
"""
    assert problems(text) == [
        (4, "upstreams.one.adapter", "no adapter is called huawei_id_documents; did you mean huawei_id_document?"),
        (5, "upstreams.two.options.endpont", "unknown key; did you mean endpoint?"),
        (5, "upstreams.two.options.endpoint", "missing, expected text"),
        (
            9,
            "upstreams.three.credentials.type",
            "no credentials scheme is called huawei_akks; did you mean huawei_aksk?",
        ),
        (10, "upstreams.four.timeout", "the embedded reader has no such setting; its time is options.budget"),
        (10, "upstreams.four.options", "workers: at least 1"),
    ]


@pytest.mark.slow
async def test_it_starts_its_readers_and_stops_them():
    subject = gateway()
    async with subject:
        assert subject.not_ready() == []
        assert subject.recognizer is not None
    assert subject.not_ready() != []
