"""The one endpoint: decode, load the picture, have it recognized, encode."""

from __future__ import annotations

from aiohttp import web

from gateway.image.load import ImageLoader
from gateway.model import DocumentImage, Query
from gateway.wire.admission import Admission, admitted
from gateway.wire.decode import Parameters, decode
from gateway.wire.encode import encode
from gateway.wire.record import RECORD
from gateway.wire.serving import PARTS


async def recognize_id_document(request: web.Request) -> web.Response:
    parts, record = request[PARTS], request[RECORD]
    async with admitted(request) as admission:
        record.parameters = parameters = decode(admission.body, any_country=parts.settings.any_country)
        image = await _load(parts.loader, parameters, record.deadline, admission)
        record.query = query = Query(
            image=image,
            countries=parameters.countries,
            types=parameters.types,
            portrait=parameters.portrait,
            input=parameters.input,
            caller=admission.caller,
            project_id=admission.project_id,
            enterprise_project_id=record.enterprise_project_id,
            request_id=record.request_id,
            deadline=record.deadline,
            headers=_looked_at(request, parts.headers),
            target=admission.choice.target,
            alone=admission.choice.alone,
            no_store="no-store" in request.headers.get("Cache-Control", "").lower(),
        )
        record.recognition = recognition = await parts.recognizer.recognize(query)
        answer = encode(recognition.document, portrait=parameters.portrait)
    return web.Response(body=answer, content_type="application/json")


def _looked_at(request: web.Request, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The headers that some route looks at, by lower-case name."""
    return tuple((name, request.headers[name]) for name in sorted(names) if name in request.headers)


async def _load(loader: ImageLoader, parameters: Parameters, deadline: float, admission: Admission) -> DocumentImage:
    if parameters.image is not None:
        return await loader.from_base64(parameters.image)
    assert parameters.url is not None
    admission.lease.hold(len(admission.body) + loader.max_download)
    image = await loader.from_url(parameters.url, deadline)
    admission.lease.hold(len(admission.body) + image.size)
    return image
