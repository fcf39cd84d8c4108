"""Failures that only the contract with callers knows; ``wire.faults`` says how each is answered."""

from __future__ import annotations

from gateway.errors import Forbidden, GatewayError, Unauthenticated


class TokenOutdated(Unauthenticated):
    """A good token, but for another project of the account, or from before the account was changed."""


class TokenWithoutProject(Unauthenticated):
    """A good token that was issued for no project."""


class NotAuthorized(Forbidden):
    """Somebody whom a Huawei IAM knows, but for a project that no account has."""


class IamUnavailable(GatewayError):
    """The Huawei IAM that would have to vouch for a token does not answer as it should."""

    outcome = "unavailable"
