"""Names of the configuration as label values: they come and go with it."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client.metrics import MetricWrapperBase

from gateway.metrics.labels import OTHER

KINDS: Mapping[str, str] = {
    "route": "route", "upstream": "upstream", "from_upstream": "upstream", "to_upstream": "upstream",
    "control": "upstream", "candidate": "upstream",
}  # fmt: skip
"""What the values of a label are names of."""


class Names:
    """The names of the configuration in force and of the one before.

    What a reload takes out is counted and exported until the next one: requests under way are still to end, and what is
    counted last is still to be fetched. Then its series are removed, so that never more than two configurations' are there.
    """

    def __init__(self) -> None:
        self._metrics: list[tuple[MetricWrapperBase, str]] = []
        self._now: dict[str, frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {}

    def label(self, metric: MetricWrapperBase, *labels: str) -> None:
        """``metric`` has these ``labels``; those that are not of ``KINDS`` do not matter here."""
        self._metrics += [(metric, label) for label in labels if label in KINDS]

    def follow(self, names: Mapping[str, frozenset[str]]) -> None:
        """A configuration with ``names`` by kind is in force."""
        known = {kind: names[kind] | self._now.get(kind, frozenset()) for kind in names}
        for kind in names:
            self._remove(kind, self._known.get(kind, frozenset()) - known[kind])
        self._now, self._known = dict(names), known

    def known(self, kind: str, name: str) -> str:
        """``name`` where there is such a ``kind``, else ``other``."""
        return name if name in self._known[kind] else OTHER

    def _remove(self, kind: str, names: frozenset[str]) -> None:
        for metric, label in self._metrics:
            if KINDS[label] == kind:
                for name in names:
                    metric.remove_by_labels({label: name})
