from datetime import UTC, date, datetime

import pytest

from gateway.config.nodes import NotYaml, join, parse


def value(text):
    root, faults = parse(text)
    assert not faults
    return plain(root)


def plain(node):
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    return node.value


def faults(text):
    return [(fault.line, fault.path, fault.message) for fault in parse(text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": 1}),
        ("[1.5, yes, ~, text, '1']", [1.5, True, None, "text", "1"]),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T01:02:03Z", datetime(2026, 1, 31, 1, 2, 3, tzinfo=UTC)),
        ("no: {on: 1, 2: x}", {"no": {"on": 1, "2": "x"}}),
    ],
)
def test_yaml_becomes_values_and_keys_stay_as_written(text, expected):
    assert value(text) == expected


def test_every_value_has_the_line_of_its_key_or_item():
    root, _ = parse("a:\n  b: >\n    folded\n  c:\n  - 1\n  - {d: 2}\n")
    inner = root.value["a"].value
    assert [root.value["a"].line, inner["b"].line, inner["c"].line] == [1, 2, 4]
    assert [item.line for item in inner["c"].value] == [5, 6]


def test_the_text_of_a_scalar_is_kept():
    assert parse("a: NO")[0].value["a"].text == "NO"


def test_nothing_is_none():
    assert parse("# only a comment\n") == (None, [])


def test_aliases_and_merges():
    text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y], c: 3}\nw: {c: 0, <<: *y}\nv: *x"
    assert value(text)["z"] == {"a": 1, "b": 1, "c": 3}
    assert value(text)["w"] == {"b": 2, "c": 0}
    assert value(text)["v"] == {"a": 1, "b": 1}


def test_an_alias_has_the_line_where_it_is_used():
    root, _ = parse("a: &a {b: 1}\nc: *a\n")
    assert root.value["c"].line == 2
    assert root.value["c"].value["b"].line == 1


def test_aliases_of_aliases_are_read_once():
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert len(parse(text)[0].value) == 60


def test_a_key_that_stands_twice_is_a_fault_and_the_first_one_counts():
    assert faults("a:\n  b: 1\n  b: 2\n  c: 3\n  c: 4") == [
        (3, "a.b", "this key stands twice in one mapping, first in line 2"),
        (5, "a.c", "this key stands twice in one mapping, first in line 4"),
    ]
    assert parse("a: 1\na: 2")[0].value["a"].value == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &a [*a, *a]", (1, "a[0]", "an anchor that contains itself")),
        ("a: !env NAME", (1, "a", "the tag !env is not understood here")),
        (
            "a: !!python/name:os.system x",
            (1, "a", "the tag tag:yaml.org,2002:python/name:os.system is not understood here"),
        ),
        ("- 2026-13-45", (1, "[0]", "looks like a timestamp to YAML but is none; put it in quotes")),
        ("? [a]\n: b", (1, "", "a key must be plain text")),
        ("a: {<<: 3}", (1, "a", "only a mapping can be merged with <<")),
    ],
)
def test_what_yaml_allows_and_we_do_not(text, fault):
    assert fault in faults(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: {b", 1), ("a: 1\n b: 2", 2), ("a\n---\nb", 2), ("a: *b", 1), ("\x00", None), ("[" * 3000, None)],
)
def test_what_is_not_one_yaml_document(text, line):
    with pytest.raises(NotYaml) as caught:
        parse(text)
    assert caught.value.line == line


def test_a_syntax_error_does_not_quote_the_text():
    with pytest.raises(NotYaml) as caught:
        parse("token: hunter2: hunter2")
    assert "hunter2" not in str(caught.value)


def test_paths_are_joined_as_they_are_read():
    assert join(join(join("", "routes"), 1), "name") == "routes[1].name"
