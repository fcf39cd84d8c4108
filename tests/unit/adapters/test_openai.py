"""Options of ``openai``, its schema and its checks, and its requests and cases as OpenAI's own client sees them."""

from __future__ import annotations

import base64
import json

import jsonschema
import msgspec
import pytest
from openai import APIStatusError, AsyncOpenAI

from gateway.adapters.openai import OpenAi
from gateway.adapters.openai.mapping import Kind, Transcript, to_document
from gateway.adapters.openai.prompt import JSON_PROMPT, PROMPT, REQUEST
from gateway.adapters.openai.schema import KINDS, SCHEMA
from gateway.adapters.openai.zone import zone
from gateway.errors import ContradictedDocument, UnreadableDocument
from gateway.exchange import Evidence
from gateway.model import DocumentType, ImageFormat
from tests.adapters.cases import FOLDER, SAMPLE_BASE64, Case, cases
from tests.fakes import make_query
from tests.vendors.fake import fake_vendor

READ = [case for case in cases("openai") if case.document is not None]
REFUSED = ["refused_credentials", "quota", "throttled", "unknown_model", "damaged_picture", "refused_by_vllm"]


def openai(**options):
    return msgspec.convert({"endpoint": "https://api.openai.com", "model": "gpt-4o"} | options, OpenAi)


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "api.openai.com"},
        {"endpoint": "https://key@api.openai.com"},
        {"model": ""},
        {"detail": "maximum"},
        {"max_side": 100},
        {"max_tokens": 10},
        {"max_tokens_field": "limit"},
        {"temperature": 3},
        {"schema": "none"},
        {"prompt": "Read it."},
    ],
)
def test_options_that_make_no_sense(options):
    with pytest.raises(msgspec.ValidationError):
        openai(**options)


def test_coverage_is_general_and_without_a_hole():
    assert len(openai().coverage) == 23
    assert set(openai().coverage.values()) == {Evidence.GENERAL}
    assert openai().supports(make_query(types=frozenset({DocumentType.IDENTITY_CARD})))
    assert not openai().supports(make_query(countries=frozenset({"FRA"})))


def test_pictures_that_any_vision_model_takes():
    limits = openai(max_side=1024).accepts
    assert limits.formats == {ImageFormat.JPEG, ImageFormat.PNG}
    assert limits.max_side == 1024


def test_the_schema_is_strict():
    """The rules of OpenAI's structured outputs: every property required, and no others."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["required"] == list(SCHEMA["properties"])
    assert SCHEMA["additionalProperties"] is False


def test_the_schema_and_what_is_read_are_the_same():
    assert set(SCHEMA["properties"]) == set(Transcript.__struct_fields__)
    assert list(KINDS) == [kind.value for kind in Kind]


@pytest.mark.parametrize("case", [case for case in READ if "schema" not in case.options], ids=str)
def test_the_recorded_transcripts_obey_the_schema(case: Case):
    content = json.loads(case.response(1).body)["choices"][0]["message"]["content"]
    if case.folder.name != "reasoning_model":
        jsonschema.validate(json.loads(content), SCHEMA)


@pytest.mark.parametrize("case", READ, ids=str)
async def test_their_client_asks_as_we_do_and_reads_what_we_read(case: Case):
    async with fake_vendor(case, None) as vendor:
        completion = await complete(vendor.url, case.options, case.query.image.format.value)

    assert vendor.problems == []
    choice = completion.choices[0]
    assert choice.finish_reason == "stop"
    said = msgspec.json.decode(choice.message.content or "", type=Transcript)
    assert said.document is not Kind.NONE
    assert (said.surname or said.full_name or "").startswith(case.document.get("last_name", ""))


@pytest.mark.parametrize("name", REFUSED)
async def test_their_client_fails_where_we_do(name):
    case = Case("openai", FOLDER / "openai" / name)
    async with fake_vendor(case, None) as vendor:
        with pytest.raises(APIStatusError) as raised:
            await complete(vendor.url, case.options, "jpeg")

    assert vendor.problems == []
    assert raised.value.status_code == case.response(1).status


async def complete(url, options, image_format):
    """The same call by their client, from the options as they stand in YAML."""
    strict = options.get("schema", "strict") == "strict"
    picture = {"url": f"data:image/{image_format};base64,{SAMPLE_BASE64.decode()}", "detail": "high"}
    if "detail" in options:
        del picture["detail"]
    prompt = PROMPT if strict else PROMPT + JSON_PROMPT + json.dumps(SCHEMA, separators=(",", ":"))
    bound = {"type": "json_schema", "json_schema": {"name": "identity_document", "schema": SCHEMA, "strict": True}}
    limit = {options.get("max_tokens_field", "max_tokens"): options.get("max_tokens", 2000)}
    others = {name: options[name] for name in ("seed", "store") if name in options}
    if "temperature" not in options:
        others["temperature"] = 0
    async with AsyncOpenAI(base_url=f"{url}/v1", api_key="sk-example", max_retries=0) as client:
        return await client.chat.completions.create(
            model=options["model"],
            messages=[
                {"role": "system", "content": prompt},
                {
                    "role": "user",
                    "content": [{"type": "text", "text": REQUEST}, {"type": "image_url", "image_url": picture}],
                },
            ],
            response_format=bound if strict else {"type": "json_object"},
            **limit,
            **others,
        )


def test_the_picture_is_the_callers_own_base64():
    request = next(openai().exchange(make_query()))
    assert any(part is make_query().image.base64 for part in request.body)
    sent = json.loads(b"".join(request.body))["messages"][1]["content"][1]["image_url"]["url"]
    assert base64.b64decode(sent.removeprefix("data:image/jpeg;base64,")).startswith(b"\xff\xd8")


TD3 = ("P<PHLHALIMBAWA<<MARIA<LUISA<<<<<<<<<<<<<<<<<", "P0000000A5PHL9105229F3201141<<<<<<<<<<<<<<<4")


@pytest.mark.parametrize(
    ("lines", "widths"),
    [
        ((TD3[0], TD3[1]), [44, 44]),
        ((TD3[0], TD3[1].replace("<" * 14, "<" * 11)), [44, 44]),
        ((TD3[0], TD3[1].replace("<" * 14, "<" * 18)), [44, 44]),
        ((TD3[0], TD3[1].replace("<" * 14, "<" * 9)), [44, 39]),
        ((TD3[0], TD3[1].replace("<", "")), [44, 29]),
        ((" ".join(TD3[0]), TD3[1]), [44, 44]),
        (("I<" + "A" * 34, "1" * 10 + "<" * 25 + "0"), [36, 36]),
        (("I" + "<" * 30, "1" * 14 + "<" * 14 + "8", "DOE<<JANE"), [30, 30, 9]),
        (("", TD3[0]), [44]),
        ((), []),
    ],
)
def test_fillers_that_were_miscounted(lines, widths):
    assert [len(line) for line in zone(lines)] == widths


def transcript(**changes):
    said = {
        "document": "passport",
        "mrz": list(TD3),
        "issuing_country": "PHL",
        "surname": "HALIMBAWA",
        "given_names": "MARIA LUISA",
        "birth_date": "1991-05-22",
        "document_number": "P0000000A",
    }
    return json.dumps(said | changes)


def test_a_passport_that_its_zone_vouches_for():
    assert to_document(transcript()).document_number == "P0000000A"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"mrz": []}, UnreadableDocument),
        ({"mrz": [TD3[0]]}, UnreadableDocument),
        ({"mrz": [TD3[0], TD3[1][:30]]}, UnreadableDocument),
        ({"mrz": [TD3[0], TD3[1][:-1] + "9"]}, ContradictedDocument),
        ({"surname": "JUSTAPERSON", "given_names": "INVENTED"}, ContradictedDocument),
        ({"birth_date": "1971-05-22"}, ContradictedDocument),
        ({"issuing_country": "VNM"}, ContradictedDocument),
        ({"issue_date": "1985-01-01"}, ContradictedDocument),
    ],
)
def test_what_a_made_up_passport_fails(changes, error):
    with pytest.raises(error):
        to_document(transcript(**changes))
