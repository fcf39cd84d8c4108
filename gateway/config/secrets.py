"""Secrets come from the environment or from files, never from the YAML itself, and never show up in a message."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gateway.config.section import Section
from gateway.secret import Secret

EXPECTED = "{env: NAME} or {file: PATH}"
_MAX_BYTES = 64 * 1024


def read_secret(section: Section) -> Secret | None:
    """The secret that ``section`` refers to; None where it cannot be had, which is then reported.

    A file's trailing line break is not part of the secret, as editors and ``echo`` add one. A relative path starts at
    the folder of the configuration file.
    """
    value = section.node.value
    if not isinstance(value, Mapping):
        section.report(f"a secret is not written here: write {EXPECTED}")
        return None
    name = next(iter(value), "")
    text = value[name].value if len(value) == 1 else None
    if name not in {"env", "file"} or not isinstance(text, str) or not text:
        section.report(f"expected {EXPECTED}")
        return None
    found = _from_environment(section, text) if name == "env" else _from_file(section, text)
    return None if found is None else Secret(found)


def _from_environment(section: Section, name: str) -> str | None:
    value = section.source.environ.get(name)
    if not value:
        section.report(f"the environment variable {name} is {'not set' if value is None else 'empty'}")
        return None
    return value


def _from_file(section: Section, path: str) -> str | None:
    place, source = section.source.folder / Path(path), section.source
    try:
        with place.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) <= _MAX_BYTES:
            source.note(place, content)
        text = content.decode().removesuffix("\n").removesuffix("\r")
    except OSError as error:
        source.note(place, None)
        section.report(f"the file {path} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        section.report(f"the file {path} is not UTF-8 text")
    except ValueError:
        section.report(f"{path!r} cannot be a file name")
    else:
        if text and len(content) <= _MAX_BYTES:
            return text
        section.report(f"the file {path} is {'larger than 64 KiB' if text else 'empty'}")
    return None
