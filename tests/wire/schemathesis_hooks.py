"""What schemathesis cannot know: pictures, and a URL where there is one."""

from __future__ import annotations

import base64
import os

import schemathesis
from hypothesis import strategies as st

from tests.pictures import bmp, jpeg, png, tiff

PICTURES = [base64.b64encode(draw(640, 480)).decode() for draw in (jpeg, png, bmp, tiff)]

schemathesis.openapi.format("byte", st.sampled_from(PICTURES))
schemathesis.openapi.format("uri", st.just(os.environ["PICTURE_URL"]))
