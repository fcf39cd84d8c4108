import os
from pathlib import Path

import pytest

from gateway.build import build
from gateway.config.errors import ConfigError
from gateway.config.files import fingerprint, fingerprints
from gateway.config.load import load_file

TEXT = """
callers: {accounts: [{name: billing, project_ids: [p1], token: {file: secrets/token}}]}
upstreams:
  a:
    adapter: iapp
    options: {endpoint: "http://127.0.0.1:9"}
    credentials: {type: header, name: apikey, value: {file: secrets/key}}
routes: [{name: all, targets: [a]}]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "token").write_text("token-of-billing\n")
    (tmp_path / "secrets" / "key").write_text("key-of-vendor")
    (tmp_path / "gateway.yaml").write_text(TEXT)
    return tmp_path / "gateway.yaml"


def test_all_that_was_read_is_known(file: Path):
    config = load_file(file)
    build(config, observer=lambda _: None)
    folder = file.parent / "secrets"
    assert config.source.files == fingerprints([file, folder / "token", folder / "key"])
    assert None not in config.source.files.values()


def test_content_counts_and_nothing_else(file: Path):
    before = fingerprints([file])
    os.utime(file, (1, 1))
    assert fingerprints([file]) == before
    time = file.stat().st_mtime_ns
    file.write_text(TEXT + "# another\n")
    os.utime(file, ns=(time, time))
    assert fingerprints([file]) != before


def test_a_secret_that_is_missing_is_waited_for(file: Path):
    token = file.parent / "secrets" / "token"
    token.unlink()
    config = load_file(file)
    assert config.source.files[token] is None
    assert fingerprints([token]) == {token: None}
    token.write_text("there")
    assert fingerprints([token]) == {token: fingerprint(b"there")}


def test_what_is_no_file_is_not_waited_for(file: Path):
    token = file.parent / "secrets" / "token"
    token.unlink()
    token.symlink_to(os.devnull)
    config = load_file(file)
    assert token not in config.source.files
    assert fingerprints([token, file.parent]) == {token: None, file.parent: None}
    with pytest.raises(ConfigError, match="is empty"):
        config.source.raise_problems()


def test_a_fingerprint_tells_nothing():
    assert b"secret" not in fingerprint(b"secret")
    assert len(fingerprint(b"secret")) == 32
