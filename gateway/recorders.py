"""What is put on file while callers are answered: the journal, and the baseline for comparisons to come."""

from __future__ import annotations

from gateway.baseline.baseline import Baseline
from gateway.baseline.keys import SealingKey, sealing_key
from gateway.baseline.store import BaselineStore
from gateway.clock import wall_clock
from gateway.config.load import LoadedConfig
from gateway.events import Observer
from gateway.journal.file import JournalFile
from gateway.journal.journal import Journal


def open_journal(config: LoadedConfig, *, observer: Observer) -> Journal | None:
    """The journal that ``config`` asks for, with its first file; None where it asks for none.

    Raises :class:`gateway.config.errors.ConfigError` where nothing can be written.
    """
    settings = config.settings.journal
    if settings is None:
        return None
    folder = config.source.folder / settings.directory
    file = JournalFile(folder, max_bytes=settings.max_file, sync=settings.fsync == "batch")
    try:
        file.open(wall_clock().date())
    except OSError as error:
        settings.at.report(f"no file can be created in {folder}: {error.strerror}", "directory")
    config.source.raise_problems()
    return Journal(file, observer=observer, room=settings.queue)


def open_baseline(config: LoadedConfig, *, observer: Observer) -> Baseline | None:
    """The recorder that ``config`` asks for, with its folder; None where it asks for none.

    Raises :class:`gateway.config.errors.ConfigError` where there can be none.
    """
    settings, key = config.settings.baseline, baseline_key(config)
    config.source.raise_problems()
    if settings is None or key is None:
        return None
    folder = config.source.folder / settings.directory
    store = BaselineStore(folder, key, retention=settings.retention, max_bytes=settings.max_bytes)
    try:
        store.open()
    except OSError as error:
        settings.at.report(f"nothing can be kept in {folder}: {error.strerror}", "directory")
    config.source.raise_problems()
    return Baseline(store, settings.upstreams, observer=observer, room=settings.queue, fraction=settings.fraction)


def baseline_key(config: LoadedConfig) -> SealingKey | None:
    """What answers are sealed with; a key that is none is reported to the source of ``config``."""
    settings = config.settings.baseline
    if settings is None:
        return None
    try:
        return sealing_key(settings.public_key.reveal())
    except ValueError as error:
        settings.at.report(str(error), "public_key")
        return None
