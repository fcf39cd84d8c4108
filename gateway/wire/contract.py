"""The old API as its documentation and its SDKs define it: path, headers, limits, request body."""

from __future__ import annotations

import msgspec

PATH = "/v2/{project_id:[0-9A-Za-z_-]{1,64}}/ocr/id-document"
"""A project id is 32 hexadecimal digits; others work as long as they look like an id. The unfilled placeholder that the
SDKs send where no project id is known (``/v2/%7Bproject_id%7D/…``) does not match."""

AUTH_HEADER = "X-Auth-Token"
SUBJECT_HEADER = "X-Subject-Token"
PROJECT_HEADER = "X-Project-Id"
ENTERPRISE_PROJECT_ID = "Enterprise-Project-Id"
REQUEST_ID = "X-Request-Id"

DEADLINE = "X-Gateway-Deadline"
"""Not of the old API: seconds, perhaps with a fraction, after which the caller does not need the answer any more."""

SECONDS = r"(?=[0-9.]*[1-9])[0-9]{1,5}(\.[0-9]{1,3})?"
"""How those are written; 0 is refused."""

SIGNATURE_SCHEMES = ("SDK-", "V11-")
"""Beginnings of ``Authorization`` as the SDKs send it: SDK-HMAC-SHA256, SDK-HMAC-SM3 and their kin, V11-HMAC-SHA256."""

MAX_REQUEST = 12 * 1024 * 1024
"""Bytes of a whole body, the limit of the API gateway in front of the old API."""

MAX_IAM_REQUEST = 64 * 1024
"""Bytes of a body for the IAM facade: a name and a password fit many times over."""

MAX_HEADER = 32 * 1024
"""Bytes of one header: IAM tokens have several KB, and the old API's gateway took this much."""

ABSENT = msgspec.Raw(b"null")


class RequestBody(msgspec.Struct):
    """``IdDocumentRequestBody``, each value as the JSON text that stood there.

    Raw, because a picture must stay a view into the body, and because the values arrive in more shapes than the SDKs'
    models admit. Unknown fields are ignored, as the old API's other SDK versions rely on.
    """

    image: msgspec.Raw = ABSENT
    url: msgspec.Raw = ABSENT
    country_region: msgspec.Raw = ABSENT
    id_type: msgspec.Raw = ABSENT
    return_portrait_image: msgspec.Raw = ABSENT
