"""The IAM facade's endpoints."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiohttp import web

from gateway.errors import Unauthenticated
from gateway.wire import contract
from gateway.wire.account import ANONYMOUS, ANONYMOUS_PROJECT, Account, Identity
from gateway.wire.admission import identified
from gateway.wire.auth import Callers
from gateway.wire.body import IncomingBody, answer_expect_later
from gateway.wire.head import Head
from gateway.wire.iam import answers
from gateway.wire.iam.login import Login, read_login
from gateway.wire.iam.refusals import NoSuchScope, NoSuchToken, NotLoggedIn, WrongPassword
from gateway.wire.record import RECORD
from gateway.wire.serving import PARTS, SERVING
from gateway.wire.signature import is_signed
from gateway.wire.token import Grant

ANYBODY = Account(ANONYMOUS, frozenset({ANONYMOUS_PROJECT}))
"""What callers without a name are told about themselves."""


def add_iam_routes(app: web.Application) -> None:
    """Each path also with a second slash in front, for base URLs that end in one."""
    for method, path, handler in (
        ("POST", "/v3/auth/tokens", create_token),
        ("GET", "/v3/auth/tokens", validate_token),
        ("HEAD", "/v3/auth/tokens", validate_token),
        ("GET", "/v3/projects", list_projects),
        ("GET", "/v3/regions", list_regions),
        ("GET", "/v3/auth/domains", list_domains),
    ):
        for form in (path, "/" + path):
            app.router.add_route(method, form, handler, expect_handler=answer_expect_later)


async def create_token(request: web.Request) -> web.Response:
    """``POST /v3/auth/tokens``: a token for a password, for one of the account's projects or for none."""
    callers, record = request[PARTS].callers, request[RECORD]
    with request.app[SERVING].memory.lease() as lease:
        login = read_login(await IncomingBody(request, lease, contract.MAX_IAM_REQUEST).read())
    account = _account(callers, login)
    record.caller = account.name
    project_id, name = _scope(account, login)
    token, grant = callers.issuer.issue(account, project_id, name)
    return _json(answers.token(grant), status=201, headers={contract.SUBJECT_HEADER: token})


async def validate_token(request: web.Request) -> web.Response:
    """``GET`` or ``HEAD /v3/auth/tokens``: what one's own token, issued here, says and until when."""
    async with _logged_in(request) as identity:
        token = Head.of(request).text(contract.SUBJECT_HEADER)
        grant = _grant(request[PARTS].callers, token, identity)
        return _json(answers.token(grant), headers={contract.SUBJECT_HEADER: token})


async def list_projects(request: web.Request) -> web.Response:
    """``GET /v3/projects``: with ``name``, the one project that the SDKs look for; without, all of the account's."""
    async with _logged_in(request) as identity:
        account = identity.account or ANYBODY
        name = request.query.get("name")
        if name is None:
            found = [(project_id, account.name_of(project_id)) for project_id in sorted(account.project_ids)]
        else:
            project_id = account.project_named(name)
            found = [] if project_id is None else [(project_id, name)]
        return _json(answers.projects(account.name, found))


async def list_regions(request: web.Request) -> web.Response:
    async with _logged_in(request):
        return _json(answers.regions())


async def list_domains(request: web.Request) -> web.Response:
    async with _logged_in(request) as identity:
        return _json(answers.domains(identity.name))


@asynccontextmanager
async def _logged_in(request: web.Request) -> AsyncIterator[Identity]:
    """A bad signature is answered as on every path, as IAM too stands behind the API gateway; a bad token as by IAM."""
    try:
        async with identified(request) as identity:
            yield identity
    except Unauthenticated:
        if is_signed(Head.of(request)):
            raise
        raise NotLoggedIn from None


def _account(callers: Callers, login: Login) -> Account:
    try:
        return callers.passwords.log_in(login.user.name, login.user.password)
    except WrongPassword:
        if callers.anonymous and not callers.passwords.knows(login.user.name):
            return ANYBODY
        raise


def _scope(account: Account, login: Login) -> tuple[str, str]:
    """Id and name of the project asked for; both empty where none was."""
    project = login.project
    if project is None:
        return "", ""
    if project.id:
        project_id: str | None = project.id if account is ANYBODY or project.id in account.project_ids else None
    else:
        project_id = account.project_named(project.name)
    if project_id is None:
        raise NoSuchScope
    return project_id, project.name or account.name_of(project_id)


def _grant(callers: Callers, token: str, identity: Identity) -> Grant:
    """Of one's own tokens only: for anybody else's, IAM asks for a permission that nobody has here."""
    try:
        grant = callers.issuer.read(token)
        callers.issuer.check(grant, identity.account or ANYBODY)
    except Unauthenticated:
        raise NoSuchToken from None
    return grant


def _json(content: dict[str, Any], *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    body = msgspec.json.encode(content)
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)
