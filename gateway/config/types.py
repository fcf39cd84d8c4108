"""Types of single settings: sizes, listening addresses, seconds, names.

A class with ``expected`` (what to write, in words) and ``parse`` is converted by calling ``parse`` with the value that
YAML made of the text; ``parse`` raises ValueError for anything else. :class:`Parsed` is that contract.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Protocol, Self, TypeAlias, runtime_checkable

from msgspec import Meta

Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=86400, description="seconds above 0, at most 86400")]
SecondsOrZero: TypeAlias = Annotated[float, Meta(ge=0, le=86400, description="seconds from 0 to 86400")]
Money: TypeAlias = Annotated[float, Meta(ge=0, description="an amount of money, 0 or more")]
Name: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\Z",
        description="a name of up to 63 letters, digits, dots, hyphens and underscores",
    ),
]

ProjectId: TypeAlias = Annotated[
    str,
    Meta(pattern=r"^[0-9A-Za-z_-]{1,64}\Z", description="a project id of up to 64 letters, digits, - and _"),
]


@runtime_checkable
class Parsed(Protocol):
    """A setting that is written as one scalar and parsed by its own class."""

    expected: ClassVar[str]

    @classmethod
    def parse(cls, value: object) -> Self: ...


class Size(int):
    """Bytes, written ``512MiB`` (powers of 1024), ``10MB`` (powers of 1000) or as a plain number."""

    expected: ClassVar[str] = "a size above 0 such as 512MiB, 10MB or a number of bytes"
    _UNITS: ClassVar[dict[str, int]] = {
        "": 1, "B": 1,
        "KB": 10**3, "MB": 10**6, "GB": 10**9,
        "KiB": 2**10, "MiB": 2**20, "GiB": 2**30,
    }  # fmt: skip

    @classmethod
    def parse(cls, value: object) -> Self:
        text = str(value) if type(value) in {int, str} else ""
        match = re.fullmatch(r"([0-9]{1,15}) ?([A-Za-z]*)", text)
        if not match or match[2] not in cls._UNITS or not int(match[1]):
            raise ValueError(cls.expected)
        return cls(int(match[1]) * cls._UNITS[match[2]])


@dataclass(frozen=True, slots=True)
class Listen:
    """An address to listen on, written ``host:port``; port 0 takes any free one."""

    host: str
    port: int
    expected: ClassVar[str] = 'host:port such as 0.0.0.0:8080 or "[::1]:8080"'

    @classmethod
    def parse(cls, value: object) -> Self:
        pattern = r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9_.-]+)):(?P<port>[0-9]{1,5})"
        match = re.fullmatch(pattern, value) if isinstance(value, str) else None
        if not match or int(match["port"]) > 65535:
            raise ValueError(cls.expected)
        return cls(match["six"] or match["host"], int(match["port"]))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
