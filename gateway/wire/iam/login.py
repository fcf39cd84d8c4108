"""The body of ``POST /v3/auth/tokens``: who wants a token, with which password, for which project."""

from __future__ import annotations

import msgspec

from gateway.wire.iam.refusals import BadLogin


class Domain(msgspec.Struct):
    """An account of Huawei Cloud; whatever is said about it counts for nothing here."""


class User(msgspec.Struct):
    name: str
    password: str


class Password(msgspec.Struct):
    user: User


class LoginIdentity(msgspec.Struct):
    methods: list[str]
    password: Password


class Project(msgspec.Struct):
    id: str = ""
    name: str = ""


class Scope(msgspec.Struct):
    project: Project | None = None
    domain: Domain | None = None


class Auth(msgspec.Struct):
    identity: LoginIdentity
    scope: Scope | None = None


class Login(msgspec.Struct):
    auth: Auth

    @property
    def user(self) -> User:
        return self.auth.identity.password.user

    @property
    def project(self) -> Project | None:
        """The project asked for; None for a token without one, as IAM gives where a domain or no scope is named."""
        return self.auth.scope.project if self.auth.scope else None


_LOGINS = msgspec.json.Decoder(Login)


def read_login(body: bytes | bytearray) -> Login:
    """Raises :class:`BadLogin` for anything but a login by password alone, and for a project without id and name."""
    try:
        login = _LOGINS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadLogin from None
    project = login.project
    if login.auth.identity.methods != ["password"] or (project is not None and not (project.id or project.name)):
        raise BadLogin
    return login
