"""What an existing caller's program has around the lines that docs/migrating.md prints.

stdin: {client, ak, sk, project_id, body}; ``client`` is code that makes the variable of that name. The last line of stdout
is a JSON object: the answer, or the exception. A program of its own, as the SDK keeps what it has looked up.
"""

from __future__ import annotations

import json
import sys
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.auth.provider import ProfileCredentialProvider
    from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
    from huaweicloudsdkcore.http.http_config import HttpConfig
    from huaweicloudsdkcore.region.region import Region
    from huaweicloudsdkocr.v1 import IdDocumentRequestBody, OcrClient, RecognizeIdDocumentRequest
    from huaweicloudsdkocr.v1.region.ocr_region import OcrRegion


def answer(job: dict[str, object]) -> dict[str, object]:
    kinds = (BasicCredentials, HttpConfig, OcrClient, OcrRegion, ProfileCredentialProvider, Region)
    names = {kind.__name__: kind for kind in kinds}
    names |= {name: job.get(name) for name in ("ak", "sk", "project_id")}
    exec(str(job["client"]), names)  # noqa: S102 - lines out of our own documentation, which is what is tested
    request = RecognizeIdDocumentRequest(body=IdDocumentRequestBody(**job["body"]))
    try:
        response = names["client"].recognize_id_document(request)
    except ServiceResponseException as error:
        return {"exception": str(error)}
    return {"result": response.result.to_dict(), "request_id": response.x_request_id}


if __name__ == "__main__":
    sys.stdout.write(f"\n{json.dumps(answer(json.load(sys.stdin)), default=str)}\n")
