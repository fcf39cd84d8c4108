"""The picture of a request, handed over inline or by URL, as a DocumentImage."""

from __future__ import annotations

from typing import Protocol

from gateway.errors import BodyTooLarge
from gateway.image import encoded, inspect
from gateway.model import Buffer, DocumentImage

MAX_ENCODED = 10 * 1024 * 1024
"""Bytes of Base64 text that the old API took: "10 MB", read as powers of two so that nobody is cut off."""


class Download(Protocol):
    """Where pictures named by URL come from. :class:`gateway.image.fetch.Fetcher` is the real one."""

    @property
    def max_bytes(self) -> int:
        """The most that one download can hold in memory."""
        ...

    async def fetch(self, url: str, deadline: float, /) -> bytes: ...


class ImageLoader:
    """Turns either form of input into a DocumentImage; raises a ``CallerError`` where there is no usable picture."""

    def __init__(self, download: Download) -> None:
        self._download = download

    @property
    def max_download(self) -> int:
        """Bytes that :meth:`from_url` may hold, for whoever counts the memory in use."""
        return self._download.max_bytes

    async def from_base64(self, text: Buffer) -> DocumentImage:
        """The picture behind Base64 ``text``, which is kept as it is: a view stays a view."""
        if len(text) > MAX_ENCODED:
            raise BodyTooLarge("the Base64 text of the image is over 10 MiB")
        text = await encoded.checked(text)
        header = inspect.inspect(encoded.reader(text))
        size = encoded.decoded_size(text)
        return DocumentImage(header.format, header.width, header.height, size, base64=text)

    async def from_url(self, url: str, deadline: float) -> DocumentImage:
        """The picture at ``url``; ``deadline`` is a moment on the event loop's clock."""
        return from_content(await self._download.fetch(url, deadline))


def from_content(content: Buffer) -> DocumentImage:
    """A file that is in memory already. Its name and its declared media type are not asked, only its bytes."""
    header = inspect.inspect(inspect.reader(content))
    return DocumentImage(header.format, header.width, header.height, len(content), content=content)
