"""What YAML's ``consensus`` of a route may say."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from gateway.shadow.compare import FIELDS

MOST = 8
"""Upstreams of one consensus: grouping their answers by person tries out sets of them."""

Count = Annotated[int, Meta(ge=2, le=MOST, description=f"a whole number from 2 to {MOST}")]


class ConsensusPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask several targets at once and let their answers vote, field by field. Each that is asked is paid for."""

    minimum: Count = 2
    """Answers about one and the same person without which there is none."""

    of: Count | None = None
    """How many targets are asked to begin with, in their order; the others are in reserve: one is asked for each that
    fails, and while the answers do not settle it. Absent: all at once."""

    agree: tuple[str, ...] = ()
    """Fields on which ``minimum`` answers are to agree, such as ``[document_number, birth_date]``. Where they do not, the
    reserve is asked, and what is still open in the end is told as a shortfall."""

    stop_early: bool = False
    """Do not wait for the others once ``minimum`` answers agree on all of ``agree``."""

    timeout: Annotated[float, Meta(gt=0, le=300, description="seconds above 0, at most 300")] = 10.0
    """Seconds after which nobody else is waited for, once there are ``minimum`` answers. Until there are, only the request's
    own time and that of each attempt end the waiting."""

    def __post_init__(self) -> None:
        if self.of is not None and self.of < self.minimum:
            raise ValueError(f"of: {self.of} cannot give {self.minimum} answers")
        for name in self.agree:
            if name not in FIELDS:
                raise ValueError(f"agree: {name} is none of {', '.join(FIELDS)}")
        if self.stop_early and not self.agree:
            raise ValueError("stop_early: agree says nothing that would be enough")
