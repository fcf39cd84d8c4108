from pathlib import Path

import pytest

from gateway.baseline.keys import sealing_key
from gateway.config.errors import ConfigError
from gateway.config.load import LoadedConfig, load_text
from gateway.recorders import baseline_key, open_baseline, open_journal
from tests.fakes import Events

GOOD = Path(__file__).parents[1] / "config" / "good"
BASIS = """
callers: {anonymous: true}
upstreams: {local: {adapter: local, options: {}}}
routes: [{name: all, targets: [local]}]
"""


def loaded(text: str, folder: Path) -> LoadedConfig:
    (folder / "baseline.pub").write_text((GOOD / "baseline.pub").read_text())
    return load_text(BASIS + text, name="t.yaml", folder=folder)


BASELINE = "baseline: {directory: kept, public_key: {file: %s}, upstreams: [local], retention: 30}"


def test_nothing_is_kept_unless_it_is_asked_for(tmp_path: Path):
    config = loaded("", tmp_path)
    assert open_journal(config, observer=Events()) is None
    assert open_baseline(config, observer=Events()) is None
    assert baseline_key(config) is None


def test_folders_are_made_beside_the_configuration(tmp_path: Path):
    config = loaded("journal: {directory: lines}\n" + BASELINE % "baseline.pub", tmp_path)
    assert open_journal(config, observer=Events()) is not None
    assert open_baseline(config, observer=Events()) is not None
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"lines", "kept"}
    assert type(baseline_key(config)) is type(sealing_key((GOOD / "baseline.pub").read_text()))


def test_a_key_that_is_none_is_a_mistake_in_the_file(tmp_path: Path):
    (tmp_path / "wrong.pub").write_text("no key")
    with pytest.raises(ConfigError, match=r"baseline\.public_key"):
        open_baseline(loaded(BASELINE % "wrong.pub", tmp_path), observer=Events())


def test_a_folder_that_cannot_be_is_a_mistake_in_the_file(tmp_path: Path):
    (tmp_path / "lines").write_text("a file")
    with pytest.raises(ConfigError, match=r"journal\.directory"):
        open_journal(loaded("journal: {directory: lines}", tmp_path), observer=Events())
