"""Accounts of callers, and who a request turned out to come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.errors import Forbidden
from gateway.secret import Secret
from gateway.wire.refusals import TokenOutdated, TokenWithoutProject

ANONYMOUS = "anonymous"
"""The name of every caller that has none."""

ANONYMOUS_PROJECT = "0" * 32
"""The project that callers without a name are told is theirs."""


@dataclass(frozen=True, slots=True)
class Account:
    """A caller that is known by name: the projects that it may name in its paths, and its ways in.

    ``may_choose`` lets it choose an upstream. ``projects`` gives some of the ids a name, by name. ``security_token`` makes the key pair a temporary one.
    """

    name: str
    project_ids: frozenset[str]
    token: Secret | None = None
    access_key: str | None = None
    secret_key: Secret | None = None
    security_token: Secret | None = None
    password: Secret | None = None
    projects: Mapping[str, str] = field(default_factory=dict)
    may_choose: bool = False

    def project_named(self, name: str) -> str | None:
        """The id of the project called ``name``. The only project of an account answers to every name, so that whatever
        region a client was written for, it finds its project.
        """
        if name in self.projects:
            return self.projects[name]
        return next(iter(self.project_ids)) if len(self.project_ids) == 1 else None

    def name_of(self, project_id: str) -> str:
        """What a project is called; its id where it has no name."""
        return next((name for name, known in self.projects.items() if known == project_id), project_id)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is calling. ``account`` is None for callers without a name. ``project_id`` is the project that a token was
    issued for, empty for a token without one, and None where the caller is not bound to one of its projects.
    """

    account: Account | None = None
    project_id: str | None = None

    @property
    def name(self) -> str:
        return self.account.name if self.account else ANONYMOUS

    def enter(self, project_id: str, sent: str = "") -> None:
        """Let the caller act in ``project_id``, the one in its path; ``sent`` is the one in ``X-Project-Id``, if any.

        Raises :class:`Forbidden` where they differ or are not the account's, :class:`TokenWithoutProject`, and
        :class:`TokenOutdated` for a token that was issued for another of its projects.
        """
        if self.account is None:
            return
        if project_id not in self.account.project_ids:
            raise Forbidden(f"account {self.name}: the project in the path is not one of its own")
        if sent and sent != project_id:
            raise Forbidden(f"account {self.name}: X-Project-Id is not the project in the path")
        if self.project_id == "":
            raise TokenWithoutProject
        if self.project_id is not None and self.project_id != project_id:
            raise TokenOutdated
