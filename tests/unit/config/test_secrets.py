import pytest

from gateway.config.secrets import read_secret
from tests.unit.config.sections import reported, section


def read(text, environ=None, folder=None):
    at = section(text, environ, folder) if folder else section(text, environ)
    secret = read_secret(at)
    assert (secret is None) == bool(reported(at))
    return secret.reveal() if secret else reported(at)[0].partition(": ")[2]


def test_from_the_environment_as_it_is():
    assert read("{env: TOKEN}", {"TOKEN": " hunter2\n"}) == " hunter2\n"


@pytest.mark.parametrize(
    ("content", "secret"), [(b"hunter2", "hunter2"), (b"hunter2\n", "hunter2"), (b"h\r\n", "h"), (b" h \n\n", " h \n")]
)
def test_from_a_file_without_its_last_line_break(tmp_path, content, secret):
    (tmp_path / "token").write_bytes(content)
    assert read("{file: token}", folder=tmp_path) == secret
    assert read(f"{{file: {tmp_path}/token}}") == secret


@pytest.mark.parametrize("text", ["hunter2", "1234", "[hunter2]", "~", "true"])
def test_a_literal_is_refused_without_being_shown(text):
    assert read(text) == "a secret is not written here: write {env: NAME} or {file: PATH}"


@pytest.mark.parametrize("text", ["{}", "{vault: a}", "{env: A, file: b}", "{env: 3}", "{env: ''}", "{env: {a: b}}"])
def test_other_forms_are_refused(text):
    assert read(text, {"A": "hunter2", "3": "hunter2"}) == "expected {env: NAME} or {file: PATH}"


def test_an_environment_variable_must_be_set():
    assert read("{env: TOKEN}") == "the environment variable TOKEN is not set"
    assert read("{env: TOKEN}", {"TOKEN": ""}) == "the environment variable TOKEN is empty"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file token is empty"),
        (b"\n", "the file token is empty"),
        (b"hunter2\xff", "the file token is not UTF-8 text"),
        (b"x" * (64 * 1024 + 1), "the file token is larger than 64 KiB"),
    ],
)
def test_a_file_must_hold_a_secret(tmp_path, content, message):
    (tmp_path / "token").write_bytes(content)
    assert read("{file: token}", folder=tmp_path) == message


def test_a_file_must_be_there(tmp_path):
    assert read("{file: gone}", folder=tmp_path) == "the file gone cannot be read: No such file or directory"
    assert read("{file: .}", folder=tmp_path) == "the file . cannot be read: Is a directory"
    assert read('{file: "a\\0b"}', folder=tmp_path) == "'a\\x00b' cannot be a file name"
