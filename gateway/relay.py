"""One Observer for all configurations that follow each other: who listens changes with them."""

from __future__ import annotations

from gateway.events import Event, Observer


class Relay:
    """Tells ``observer`` everything, and then ``listeners``, which those of one gateway have in common."""

    def __init__(self, observer: Observer) -> None:
        self.listeners: list[Observer] = []
        self._observer = observer

    def __call__(self, event: Event) -> None:
        self._observer(event)
        for listener in self.listeners:
            listener(event)
