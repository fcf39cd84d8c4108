"""Failures that only the IAM facade knows; ``wire.faults`` says how each is answered, in the form of Huawei's IAM."""

from __future__ import annotations

from gateway.errors import CallerError, MalformedRequest


class IamRefusal(CallerError):
    """Answered as by IAM and not as by the old API."""

    outcome = "unauthenticated"


class BadLogin(IamRefusal):
    """The body of a request for a token is not what it must be."""

    outcome = MalformedRequest.outcome


class WrongPassword(IamRefusal):
    """No such user, or not with this password."""


class NoSuchScope(IamRefusal):
    """The right password, but a project that is not the account's."""


class NotLoggedIn(IamRefusal):
    """Without a token, or with one that is no good."""


class TooManyLogins(IamRefusal):
    """The user is locked after too many wrong passwords."""


class NoSuchToken(IamRefusal):
    """The token that was asked about is not one of the caller's own."""
