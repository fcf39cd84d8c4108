from pathlib import Path

import pytest

from gateway.config.load import load_text
from gateway.leaves import Rehearsed, Vendor, leaf_of
from gateway.local.local import LocalReader
from gateway.model import DocumentType
from tests.fakes import Events, make_query

VENDOR = "{adapter: iapp, options: {endpoint: 'http://127.0.0.1:9'}, credentials: {type: header, name: apikey, value: {env: K}}}"


def leaf(upstream: str, folder: Path = Path()):
    """What becomes of ``upstream``, and the messages about it."""
    text = f"callers: {{anonymous: true}}\nroutes: [{{name: all, targets: [u]}}]\nupstreams: {{u: {upstream}}}"
    loaded = load_text(text, name="t.yaml", folder=folder, environ={"K": "key"})
    made = leaf_of("u", loaded.settings.upstreams["u"], Events())
    return made, [f"{problem.path}: {problem.message}" for problem in loaded.source.problems]


@pytest.mark.parametrize(
    ("upstream", "kind"),
    [("{adapter: local, options: {}}", LocalReader), ("{adapter: replay, options: {}}", Rehearsed), (VENDOR, Vendor)],
)
def test_the_adapter_decides_what_an_upstream_is(upstream: str, kind: type[object]):
    made, problems = leaf(upstream)
    assert isinstance(made, kind)
    assert problems == []


@pytest.mark.parametrize(
    ("upstream", "problem"),
    [
        ("{adapter: locl, options: {}}", "upstreams.u.adapter: no adapter is called locl; did you mean local?"),
        (
            "{adapter: replay, options: {}, idle_timeout: 2}",
            "upstreams.u.idle_timeout: recorded answers have no such setting",
        ),
        ("{adapter: local, options: {}, breaker: {}}", "upstreams.u.breaker: the embedded reader has no such setting"),
        ("{adapter: replay, options: {directory: nowhere}}", "upstreams.u.options.directory: "),
        ("{adapter: replay, options: {latncy: 2}}", "upstreams.u.options.latncy: unknown key; did you mean latency?"),
    ],
)
def test_what_is_wrong_is_reported_where_it_stands(upstream: str, problem: str):
    _, problems = leaf(upstream)
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_recordings_are_found_beside_the_configuration(tmp_path: Path):
    (tmp_path / "answers").mkdir()
    recording = '{"document": {"country_region": "THA", "id_type": "ID", "document_number": "1234567890121"}}'
    (tmp_path / "answers" / "thai.json").write_text(recording)
    made, problems = leaf("{adapter: replay, options: {directory: answers}}", tmp_path)
    assert problems == []
    assert isinstance(made, Rehearsed)
    asked = frozenset({DocumentType.IDENTITY_CARD})
    assert made.supports(make_query(countries=frozenset({"THA"}), types=asked))
    assert not made.supports(make_query(countries=frozenset({"HKG"}), types=asked))
