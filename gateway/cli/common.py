"""What several commands share: the configuration, what a request may ask for, and where words go."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import msgspec

from gateway.build import Gateway, build
from gateway.config.builtin import BUILTIN
from gateway.config.load import LoadedConfig, load_file, load_text
from gateway.leaves import EMBEDDED
from gateway.model import DocumentImage, DocumentType, InputKind, Query
from gateway.wire.decode import Parameters, decode

DEFAULT_FILE = Path("config/gateway.yaml")
CONFIG_HELP = f"the configuration; without it {DEFAULT_FILE} where that exists, else the embedded reader for anyone"
EXTRA = ("cv2", "numpy", "onnxruntime", "rapidocr")
"""What the embedded reader needs and a plain installation lacks."""


def say(line: str, file: TextIO | None = None) -> None:
    print(line, file=file or sys.stdout, flush=True)


def load(path: Path | None) -> LoadedConfig:
    builtin = path is None and not DEFAULT_FILE.exists()
    config = load_text(BUILTIN, name="built-in configuration") if builtin else load_file(path or DEFAULT_FILE)
    missing = [module for module in EXTRA if find_spec(module) is None]
    for upstream in config.settings.upstreams.values():
        if missing and upstream.adapter == EMBEDDED:
            text = f"{', '.join(missing)} not installed: pip install 'id-document-gateway[{EMBEDDED}]'"
            upstream.at.report(f"the embedded reader is not there, {text}", "adapter")
    return config


def built(config: LoadedConfig) -> Gateway:
    """Nobody is told what happens in it."""
    return build(config, observer=lambda _: None)


def add_wishes(command: argparse.ArgumentParser) -> None:
    """What the body of a request may ask for."""
    command.add_argument("--country", action="append", default=[], metavar="THA", help="may be given several times")
    command.add_argument("--type", action="append", default=[], choices=[kind.value for kind in DocumentType])


def add_portrait(command: argparse.ArgumentParser) -> None:
    command.add_argument("--portrait", action="store_true", help="also ask for the portrait")


def asked(options: argparse.Namespace, config: LoadedConfig) -> Parameters:
    """What a caller with these wishes would be taken to ask for; raises ``CallerError`` where he would be refused."""
    body = {
        "url": "https://example.com/",  # stands for either kind of picture
        "country_region": [code for codes in options.country for code in codes.split(",")],
        "id_type": options.type,
        "return_portrait_image": vars(options).get("portrait", False),
    }
    return decode(msgspec.json.encode(body), any_country=config.settings.server.countries == "any")


def query_for(
    wishes: Parameters,
    image: DocumentImage,
    *,
    deadline: float,
    input: InputKind = InputKind.INLINE,  # noqa: A002 - the name it has in Query
    caller: str = "anonymous",
    project_id: str = "",
) -> Query:
    return Query(
        image=image,
        countries=wishes.countries,
        types=wishes.types,
        portrait=wishes.portrait,
        input=input,
        caller=caller,
        project_id=project_id,
        deadline=deadline,
    )
