"""``POST /api/reload``: take the configuration again, now, and say what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiohttp import web

from gateway.config.errors import Problem


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What came of one attempt. ``hash`` is that of the configuration in force afterwards, ``problems`` are why it is still
    the one before; ``restart`` are settings that changed and wait for the next start.
    """

    hash: str
    problems: tuple[Problem, ...] = ()
    restart: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


Reload: TypeAlias = Callable[[], Awaitable[Reloaded]]
RELOAD: web.AppKey[Reload] = web.AppKey("reload")


async def reload(request: web.Request) -> web.Response:
    """200 where the configuration is in force, 422 where it cannot be; ``curl --fail`` tells them apart."""
    done = await request.app[RELOAD]()
    answer: dict[str, Any] = {"ok": done.ok, "hash": done.hash}
    if done.ok:
        answer["restart"] = done.restart
    else:
        answer["problems"] = [_problem(problem) for problem in done.problems]
    return web.json_response(answer, status=200 if done.ok else 422, headers={"Cache-Control": "no-store"})


def _problem(problem: Problem) -> dict[str, object]:
    """``line`` is null and ``key`` empty where the file as a whole is at fault."""
    return {"file": problem.file, "line": problem.line, "key": problem.path, "message": problem.message}
