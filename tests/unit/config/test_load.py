from pathlib import Path

import pytest

from gateway.config.builtin import BUILTIN
from gateway.config.errors import ConfigError
from gateway.config.load import load_file, load_text


def failure(call):
    with pytest.raises(ConfigError) as caught:
        call()
    (problem,) = caught.value.problems
    return str(problem)


def test_a_file_is_read_with_its_name_folder_and_hash(tmp_path):
    (tmp_path / "token").write_text("hunter2\n")
    path = tmp_path / "gateway.yaml"
    path.write_text(BUILTIN.replace("anonymous: true", "accounts: [{name: a, project_ids: [b], token: {file: token}}]"))
    loaded = load_file(path)
    loaded.source.raise_problems()
    assert loaded.settings.callers.accounts[0].token.reveal() == "hunter2"
    assert loaded.source.name == str(path)
    assert "hunter2" not in repr(loaded)


def test_the_hash_is_that_of_the_text():
    first, again, other = (load_text(text, name="x").hash for text in (BUILTIN, BUILTIN, BUILTIN + "\n"))
    assert first == again != other
    assert len(first) == 12


def test_problems_are_kept_for_phase_two_to_add_to():
    loaded = load_text(BUILTIN.replace("8080", "big"), name="x")
    assert [problem.path for problem in loaded.source.problems] == ["server.listen"]
    assert loaded.settings.server.listen.port == 8080
    assert list(loaded.settings.upstreams) == ["local"]


def test_the_environment_is_the_processes_own_unless_given(monkeypatch):
    monkeypatch.setenv("A_TOKEN", "hunter2")
    text = BUILTIN.replace("anonymous: true", "accounts: [{name: a, project_ids: [b], token: {env: A_TOKEN}}]")
    assert load_text(text, name="x").source.problems == []
    assert len(load_text(text, name="x", environ={}).source.problems) == 1


def test_a_byte_order_mark_is_no_problem(tmp_path):
    path = tmp_path / "gateway.yaml"
    path.write_text(BUILTIN, encoding="utf-8-sig")
    assert load_file(path).source.problems == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty: at least upstreams and routes are needed"),
        (b"# nothing\n", "is empty: at least upstreams and routes are needed"),
        (b"~\n", "is empty: at least upstreams and routes are needed"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"\x07", "not valid YAML: the character #x0007 is not allowed"),
    ],
)
def test_a_file_without_a_configuration_is_one_problem(tmp_path, content, message):
    path = tmp_path / "gateway.yaml"
    path.write_bytes(content)
    assert failure(lambda: load_file(path)) == f"{path}: {message}"


@pytest.mark.parametrize(("text", "found"), [("- a", "a list"), ("hunter2", "text"), ("3", "the number 3")])
def test_a_file_that_is_no_mapping_is_one_problem(text, found):
    assert failure(lambda: load_text(text, name="x")) == f"x:1: expected a mapping, found {found}"


def test_a_file_that_is_not_there_is_one_problem(tmp_path):
    assert failure(lambda: load_file(tmp_path / "gone.yaml")) == f"{tmp_path}/gone.yaml: no such file"
    assert failure(lambda: load_file(tmp_path)) == f"{tmp_path}: cannot be read: Is a directory"


def test_a_name_alone_is_looked_for_where_we_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("gateway.yaml").write_text(BUILTIN)
    assert load_file(Path("gateway.yaml")).source.name == "gateway.yaml"
