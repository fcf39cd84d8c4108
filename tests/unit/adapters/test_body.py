import json
from email import message_from_bytes
from urllib.parse import parse_qs

import pytest

from gateway.adapters.body import IMAGE, form_body, json_body, multipart_body
from gateway.model import ImageFormat
from tests.fakes import IMAGE_BASE64, make_image


def test_the_base64_is_spliced_into_json_at_any_depth_and_never_copied():
    received = memoryview(IMAGE_BASE64)
    parts = json_body({"a": 'say "x"', "list": [{"light": 6, "image": IMAGE}], "z": None}, make_image(base64=received))
    assert parts[1] is received
    text = IMAGE_BASE64.decode()
    assert json.loads(b"".join(parts)) == {"a": 'say "x"', "list": [{"light": 6, "image": text}], "z": None}


def test_a_data_url_has_its_prefix():
    body = json.loads(b"".join(json_body({"url": IMAGE}, make_image(), prefix="data:image/jpeg;base64,")))
    assert body == {"url": "data:image/jpeg;base64," + IMAGE_BASE64.decode()}


@pytest.mark.parametrize("fields", [{}, {"a": IMAGE, "b": IMAGE}])
def test_json_without_exactly_one_place_for_the_picture_is_a_defect(fields: dict[str, str]):
    with pytest.raises(ValueError, match="unpack"):
        json_body(fields, make_image())


@pytest.mark.parametrize("fields", [{}, {"type": "a&b", "name": "Việt"}])
def test_a_form_survives_every_character_of_base64(fields: dict[str, str]):
    image = make_image(base64=None, content=b"\xfb\xef\xff\xfb")
    body = b"".join(form_body(fields, "image", image))
    assert {name: value for name, (value,) in parse_qs(body.decode()).items()} == {**fields, "image": "++//+w=="}


def test_a_multipart_body_holds_the_file():
    image = make_image(format=ImageFormat.PNG, base64=None, content=b"\x89PNG\r\n--\r\n")
    content_type, parts = multipart_body({"model_id": "m 1"}, "file", image)
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + b"".join(parts))
    text, file = message.get_payload()
    assert (text.get_param("name", header="content-disposition"), text.get_payload()) == ("model_id", "m 1")
    assert (file.get_filename(), file.get_content_type()) == ("image.png", "image/png")
    assert file.get_payload(decode=True) == b"\x89PNG\r\n--\r\n"


def test_no_two_multipart_bodies_share_a_boundary():
    assert multipart_body({}, "f", make_image())[0] != multipart_body({}, "f", make_image())[0]
