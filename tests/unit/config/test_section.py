import pytest

from gateway.config.errors import ConfigError
from gateway.config.section import Here, Section
from tests.unit.config.sections import reported, section

TEXT = "routes:\n- name: a\n- name: b\n  targets:\n  - x\n"


def test_a_child_knows_its_path_and_line():
    child = section(TEXT).child("routes").child(1).child("targets").child(0)
    assert (child.path, child.node.line, child.node.value) == ("routes[1].targets[0]", 5, "x")


@pytest.mark.parametrize("keys", [("absent",), ("routes", 7), ("routes", "name"), ("routes", 0, "name", "deeper")])
def test_what_is_not_there_is_an_empty_mapping_at_the_place_of_its_parent(keys):
    child = section(TEXT)
    for key in keys:
        parent, child = child, child.child(key)
    assert (child.node.value, child.node.line) == ({}, parent.node.line)


def test_keys_and_length():
    root = section(TEXT)
    assert (root.keys(), list(root), len(root), "routes" in root) == (("routes",), ["routes"], 1, True)
    routes = root.child("routes")
    assert (routes.keys(), len(routes), len(routes.child(0).child("name"))) == ((), 2, 0)
    assert root.child("absent")


def test_a_problem_is_reported_where_the_keys_lead():
    root = section(TEXT)
    root.child("routes").report("wrong", 1, "targets", 0)
    root.report_unknown("upstream", "loca", ["local"], "routes", 0)
    assert reported(root) == [
        "5: routes[1].targets[0]: wrong",
        "2: routes[0]: no upstream is called loca; did you mean local?",
    ]


def test_a_section_knows_of_problems_in_its_parts_and_nowhere_else():
    root = section("a: {b: 1}\nab: 1")
    root.report("wrong", "a", "b")
    assert root.child("a").has_problems()
    assert root.child("a").child("b").has_problems()
    assert not root.child("ab").has_problems()
    assert not root.child("a").child("b").child("c").has_problems()


def test_problems_are_raised_together_and_only_where_there_are_any():
    root = section(TEXT)
    root.source.raise_problems()
    root.report("one")
    root.report("two")
    with pytest.raises(ConfigError) as caught:
        root.source.raise_problems()
    assert len(caught.value.problems) == 2


def test_a_section_shows_neither_values_nor_the_environment():
    root = section("token: hunter2", {"HW_SK": "hunter2"})
    assert "hunter2" not in repr(root) + repr(root.source) + repr(Here(root.node, "", root.source))
    assert repr(root.child("token")) == "Section(path='token')"
    assert isinstance(root.child("token"), Section)
