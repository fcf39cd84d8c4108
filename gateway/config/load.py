"""A YAML file becomes checked settings, with every problem collected on the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.config import nodes
from gateway.config.checks import check
from gateway.config.convert import draft
from gateway.config.errors import ConfigError, Problem
from gateway.config.schema import GatewayConfig
from gateway.config.section import Section, Source


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """A configuration as read, perhaps with problems: ``source.raise_problems()`` stands before any other use.

    ``hash`` is the beginning of the text's SHA-256 in hex, the same for the same text. Where the file has problems,
    ``settings`` holds defaults for values that were wrong and leaves out entries that could not be read, so that
    phase two can go on looking.
    """

    settings: GatewayConfig
    source: Source
    hash: str


def load_file(path: Path, *, environ: Mapping[str, str] = os.environ) -> LoadedConfig:
    """Read ``path``. Raises :class:`ConfigError` only where nothing in it can be looked at."""
    name = str(path)
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        raise _whole(name, "no such file") from None
    except OSError as error:
        raise _whole(name, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _whole(name, "is not UTF-8 text") from None
    loaded = load_text(text, name=name, folder=path.parent, environ=environ)
    loaded.source.note(path, content)
    return loaded


def load_text(text: str, *, name: str, folder: Path = Path(), environ: Mapping[str, str] = os.environ) -> LoadedConfig:
    """Read YAML ``text``, called ``name`` in messages; relative paths in it start at ``folder``."""
    source = Source(name, folder, environ)
    try:
        root, faults = nodes.parse(text)
    except nodes.NotYaml as error:
        raise _whole(name, f"not valid YAML: {error}", error.line) from None
    if root is None or root.value is None:
        raise _whole(name, "is empty: at least upstreams and routes are needed")
    source.problems.extend(Problem(name, fault.line, fault.path, fault.message) for fault in faults)
    settings = draft(Section(root, "", source), GatewayConfig)
    if settings is None:
        raise ConfigError(source.problems)
    check(settings)
    return LoadedConfig(settings, source, hashlib.sha256(text.encode()).hexdigest()[:12])


def _whole(name: str, message: str, line: int | None = None) -> ConfigError:
    return ConfigError([Problem(name, line, "", message)])
