"""Why there can be no evaluation, in words for whoever ordered it and without a value of a document."""

from __future__ import annotations


class EvaluationError(Exception):
    """Something on disk is not as it must be."""


class OrderError(EvaluationError):
    """The command makes no sense as it stands."""
