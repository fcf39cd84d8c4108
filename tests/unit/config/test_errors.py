import pytest

from gateway.config.errors import ConfigError, Problem, did_you_mean, likely


def test_a_problem_names_file_line_and_key():
    assert str(Problem("a.yaml", 3, "server.listen", "wrong")) == "a.yaml:3: server.listen: wrong"
    assert str(Problem("a.yaml", 3, "", "wrong")) == "a.yaml:3: wrong"
    assert str(Problem("a.yaml", None, "", "no such file")) == "a.yaml: no such file"


def test_problems_come_once_and_in_the_order_of_the_file():
    late, early, whole = Problem("f", 9, "b", "x"), Problem("f", 2, "a", "x"), Problem("f", None, "", "x")
    error = ConfigError([late, early, late, whole])
    assert error.problems == (whole, early, late)
    assert str(error).splitlines() == ["f: x", "f:2: a: x", "f:9: b: x"]


@pytest.mark.parametrize(
    ("found", "guess"),
    [("timeuot", "timeout"), ("Time-Out", "timeout"), ("connect timeout", "connect_timeout"), ("colour", None)],
)
def test_the_likely_spelling_is_offered(found, guess):
    assert did_you_mean(found, ["timeout", "connect_timeout"]) == (f"; did you mean {guess}?" if guess else "")


def test_what_is_known_is_listed_but_not_without_end():
    assert likely("x", ["b", "a", "b"]) == " (known: a, b)"
    assert likely("x", []) == " (known: none)"
    assert likely("x", [f"n{number:02}" for number in range(30)]).endswith("n19, …)")
