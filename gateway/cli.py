"""The command line: serve, check, explain, recognize."""

from __future__ import annotations

import argparse
import asyncio
import errno
import logging
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TextIO

import msgspec

from gateway import __version__
from gateway.app import serve
from gateway.build import Gateway, build
from gateway.config.builtin import BUILTIN
from gateway.config.errors import ConfigError, likely
from gateway.config.load import LoadedConfig, load_file, load_text
from gateway.errors import CallerError, DownloadFailed, GatewayError, UpstreamMisconfigured
from gateway.image.load import from_content
from gateway.leaves import EMBEDDED
from gateway.logs import logging_to
from gateway.model import DocumentImage, DocumentType, ImageFormat, InputKind, Query
from gateway.routing.explain import RouteVerdict
from gateway.wire.decode import Parameters, decode
from gateway.wire.encode import encode
from gateway.wire.faults import fault_of

DEFAULT_FILE = Path("config/gateway.yaml")
EXTRA = ("cv2", "numpy", "onnxruntime", "rapidocr")
"""What the embedded reader needs and a plain installation lacks."""

EPILOG = """\
exit codes:
  0    all is well
  1    errors were found: in the configuration, in a picture, or nobody would answer
  2    the command line itself is wrong
  130  interrupted
"""

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ConfigError as error:
        _print(str(error), sys.stderr)
        return 1
    except CallerError as error:
        _print(f"a caller would be refused: {error}", sys.stderr)
        return 1
    except UpstreamMisconfigured as error:
        _print(str(error), sys.stderr)
        return 1
    except GatewayError as error:
        _print(str(error), sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads the output has seen enough; there is nobody to flush the rest to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _serve(options: argparse.Namespace) -> int:
    config = _load(options.config)
    with logging_to(sys.stdout, os.environ):
        try:
            serve(config)
        except OSError as error:  # an address that is taken or not ours
            logger.critical("cannot serve: %s", error.strerror)
            return 1
        except GatewayError as error:
            logger.critical("cannot serve: %s", error)
            return 1
    return 0


def _check(options: argparse.Namespace) -> int:
    config = _load(options.file)
    _build(config)
    settings = config.settings
    counts = f"{len(settings.routes)} route(s), {len(settings.upstreams)} upstream(s)"
    callers = "anyone may call" if settings.callers.anonymous else f"{len(settings.callers.accounts)} account(s)"
    _print(f"{config.source.name}: no errors; {counts}, {callers}")
    return 0


def _explain(options: argparse.Namespace) -> int:
    config = _load(options.file)
    gateway = _build(config)
    callers = ["anonymous", *(account.name for account in config.settings.callers.accounts)]
    if options.caller not in callers:
        _print(f"no account is called {options.caller}{likely(options.caller, callers)}", sys.stderr)
        return 1
    kind = InputKind(options.input)
    asked = _asked(options, config)
    picture = DocumentImage(ImageFormat.JPEG, 2000, 1400, 500_000, content=b"")
    query = _query(asked, picture, input=kind, caller=options.caller, project_id=options.project, deadline=0.0)
    verdicts = gateway.explain(query)
    for verdict in verdicts:
        _print_verdict(verdict)
    answered = any(target.excluded is None for verdict in verdicts if verdict.chosen for target in verdict.targets)
    if not answered:
        _print("nobody would answer")
    return 0 if answered else 1


def _print_verdict(verdict: RouteVerdict) -> None:
    if not verdict.chosen:
        _print(f"route {verdict.name}: passed over: {verdict.mismatch or 'an earlier route takes it'}")
        return
    _print(f"route {verdict.name}: chosen")
    turns = count(1)
    for target in verdict.targets:
        turn = "-" if target.excluded else next(turns)
        _print(f"  {turn}. {target.name}: {target.excluded or 'is asked'}")


def _recognize(options: argparse.Namespace) -> int:
    config = _load(options.config)
    with logging_to(sys.stderr, os.environ, level=logging.WARNING):
        return asyncio.run(_recognize_all(_build(config), config, _asked(options, config), options.images))


async def _recognize_all(gateway: Gateway, config: LoadedConfig, asked: Parameters, images: Sequence[Path]) -> int:
    failed = False
    async with gateway:
        for path in images:
            line = await _recognize_one(gateway, config, asked, path)
            failed = failed or "result" not in line
            _print(msgspec.json.encode(line).decode())
    return 1 if failed else 0


async def _recognize_one(gateway: Gateway, config: LoadedConfig, asked: Parameters, path: Path) -> dict[str, object]:
    """The line for one picture: its result or its fault, worded as a caller would see it."""
    server = config.settings.server
    file = os.fsencode(path).decode(errors="replace")
    try:
        content = await asyncio.to_thread(_read, path, server.fetch.max_bytes)
    except OSError as error:
        code = fault_of(DownloadFailed()).code
        return {"file": file, "error_code": code, "error_msg": f"The file cannot be read: {error.strerror}."}
    try:
        deadline = asyncio.get_running_loop().time() + server.deadline
        query = _query(asked, from_content(content), deadline=deadline)
        recognition = await gateway.recognizer.recognize(query)
    except Exception as error:  # the other pictures are still to be read
        if not isinstance(error, GatewayError):
            logger.exception("a picture could not be read")
        fault = fault_of(error)
        return {"file": file, "error_code": fault.code, "error_msg": fault.message}
    answer: dict[str, object] = msgspec.json.decode(encode(recognition.document, portrait=asked.portrait))
    return {"file": file, **answer}


def _read(path: Path, limit: int) -> bytes:
    """The file, which must not be larger than one that a URL may lead to."""
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def _load(path: Path | None) -> LoadedConfig:
    builtin = path is None and not DEFAULT_FILE.exists()
    config = load_text(BUILTIN, name="built-in configuration") if builtin else load_file(path or DEFAULT_FILE)
    missing = [module for module in EXTRA if find_spec(module) is None]
    for upstream in config.settings.upstreams.values():
        if missing and upstream.adapter == EMBEDDED:
            text = f"{', '.join(missing)} not installed: pip install 'id-document-gateway[{EMBEDDED}]'"
            upstream.at.report(f"the embedded reader is not there, {text}", "adapter")
    return config


def _build(config: LoadedConfig) -> Gateway:
    return build(config, observer=lambda _: None)


def _asked(options: argparse.Namespace, config: LoadedConfig) -> Parameters:
    """What a caller with these wishes would be taken to ask for; raises ``CallerError`` where he would be refused."""
    body = {
        "url": "https://example.com/",  # stands for either kind of picture
        "country_region": [code for codes in options.country for code in codes.split(",")],
        "id_type": options.type,
        "return_portrait_image": options.portrait,
    }
    return decode(msgspec.json.encode(body), any_country=config.settings.server.countries == "any")


def _query(
    asked: Parameters,
    image: DocumentImage,
    *,
    deadline: float,
    input: InputKind = InputKind.INLINE,  # noqa: A002 - the name it has in Query
    caller: str = "anonymous",
    project_id: str = "",
) -> Query:
    return Query(
        image=image,
        countries=asked.countries,
        types=asked.types,
        portrait=asked.portrait,
        input=input,
        caller=caller,
        project_id=project_id,
        deadline=deadline,
    )


def _print(line: str, file: TextIO | None = None) -> None:
    print(line, file=file or sys.stdout, flush=True)


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="id-gateway", description="Reads identity documents.", epilog=EPILOG, formatter_class=raw
    )
    parser.add_argument("--version", action="version", version=f"id-gateway {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("serve", help="answer callers until stopped")
    command.add_argument("--config", type=Path, metavar="F", help=_CONFIG_HELP)
    command.set_defaults(run=_serve)

    command = commands.add_parser("check", help="look for errors in a configuration; uses no network")
    command.add_argument("file", type=Path, metavar="F")
    command.set_defaults(run=_check)

    command = commands.add_parser("explain", help="tell who would answer a request, who would not, and why")
    command.add_argument("file", type=Path, metavar="F")
    _add_wishes(command)
    command.add_argument("--caller", default="anonymous", metavar="NAME", help="the account that asks")
    command.add_argument("--project", default="", metavar="ID", help="the project id in the path")
    command.add_argument("--input", default="image", choices=[kind.value for kind in InputKind])
    command.set_defaults(run=_explain)

    command = commands.add_parser("recognize", help="read pictures here, without a server; one JSON line each")
    command.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    command.add_argument("--config", type=Path, metavar="F", help=_CONFIG_HELP)
    _add_wishes(command)
    command.set_defaults(run=_recognize)
    for command in commands.choices.values():
        command.epilog, command.formatter_class = EPILOG, raw
    return parser


_CONFIG_HELP = f"the configuration; without it {DEFAULT_FILE} where that exists, else the embedded reader for anyone"


def _add_wishes(command: argparse.ArgumentParser) -> None:
    """What the body of a request may ask for."""
    command.add_argument("--country", action="append", default=[], metavar="THA", help="may be given several times")
    command.add_argument("--type", action="append", default=[], choices=[kind.value for kind in DocumentType])
    command.add_argument("--portrait", action="store_true", help="also ask for the portrait")
