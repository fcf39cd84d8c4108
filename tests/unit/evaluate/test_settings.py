from __future__ import annotations

import pytest

from gateway.config.load import load_text
from gateway.evaluate.settings import ANYTHING, Wishes, settings_of
from gateway.evaluate.values import Values
from gateway.model import DocumentType

YAML = """
upstreams:
  a: {{adapter: {adapter}, options: {options}, {more}}}
routes: [{{name: default, targets: [a]}}]
"""


def settings(wishes=ANYTHING, *, adapter="replay", options="{seed: 1, wrong: {sex: 0.1}}", more="price: 1"):
    text = YAML.format(adapter=adapter, options=options, more=more)
    return settings_of(load_text(text, name="x").settings.upstreams["a"], wishes)


@pytest.mark.parametrize("more", ["price: 2", "limits: {rate: 3}", "timeout: 9", "retry: {attempts: 1}"])
def test_what_does_not_change_the_answer_changes_nothing(more):
    assert settings(more=more) == settings()


def test_neither_does_the_way_it_is_written():
    assert settings(options="{wrong: {'sex': 0.1}, 'seed': 1}") == settings()


@pytest.mark.parametrize(
    "changes",
    [
        {"adapter": "text"},
        {"options": "{seed: 2, wrong: {sex: 0.1}}"},
        {"options": "{seed: 1, wrong: {sex: 0.2}}"},
        {"options": "{seed: 1, wrong: [sex]}"},
        {"wishes": Wishes(countries=frozenset({"THA"}))},
        {"wishes": Wishes(types=frozenset({DocumentType.PASSPORT}))},
        {"wishes": Wishes(hints=True)},
    ],
)
def test_what_may_change_the_answer_makes_other_results(changes):
    assert settings(**changes) != settings()


def test_hints_ask_for_what_the_truth_states():
    card = Values(country_region="THA", id_type=DocumentType.IDENTITY_CARD)
    given = Wishes(frozenset({"VNM"}), frozenset({DocumentType.PASSPORT}))
    hinting = Wishes(given.countries, given.types, hints=True)
    assert given.of(card) == (given.countries, given.types)
    assert hinting.of(card) == ({"THA"}, {DocumentType.IDENTITY_CARD})
    assert hinting.of(Values(country_region="THA")) == ({"THA"}, given.types)
    assert hinting.of(None) == (given.countries, given.types)
