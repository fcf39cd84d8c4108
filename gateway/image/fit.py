"""Makes a picture fit what a vendor takes: format, bytes and pixels. One that fits already is left as it is."""

from __future__ import annotations

from gateway.exchange import ImageLimits
from gateway.image.compress import compress, resize, scaled
from gateway.image.pixels import Size, decode
from gateway.model import DocumentImage, ImageFormat

WRITTEN = (ImageFormat.JPEG, ImageFormat.PNG)
"""Formats that pictures are turned into, the better choice first: every vendor takes one of them."""


def needs_fit(image: DocumentImage, limits: ImageLimits) -> bool:
    """Whether ``image`` has to be changed before a vendor with ``limits`` takes it."""
    return (
        image.format not in limits.formats
        or image.size > limits.max_bytes
        or max(image.width, image.height) > limits.max_side
    )


def can_fit(image: DocumentImage, limits: ImageLimits) -> bool:
    """Whether ``image`` is taken, or can be made to be as far as its header tells.

    Nothing is ever enlarged, so a side that is too short, or would be once the other is within ``max_side``, stays so.
    That no legible picture has so few bytes turns out in :func:`fit`.
    """
    if min(_pixels(image, limits)) < limits.min_side:
        return False
    return not needs_fit(image, limits) or any(kind in limits.formats for kind in WRITTEN)


def fit(image: DocumentImage, limits: ImageLimits) -> tuple[DocumentImage, str]:
    """``image`` within ``limits`` (for which :func:`can_fit` holds), and what was done to it.

    That is ``""`` for nothing (then ``image`` is returned untouched), else one or two of ``tiff-to-jpeg`` (and the like),
    ``shrunk 3000x2000`` (its pixels now) and ``recompressed`` (same format and pixels, fewer bytes). A picture that is
    changed comes out upright, on white, and without metadata. Takes up to some seconds of CPU: call it off the event loop.

    Raises :class:`gateway.errors.UndecodableImage` for a picture that cannot be decoded and
    :class:`gateway.errors.UpstreamIncapable` where no legible one has so few bytes.
    """
    if not needs_fit(image, limits):
        return image, ""
    kind = next(kind for kind in WRITTEN if kind in limits.formats)
    target = _pixels(image, limits)
    picture = decode(image, target)
    if (picture.width < picture.height) != (image.width < image.height):  # it lay on its side
        target = target[::-1]
    if picture.size != target:
        picture = resize(picture, target)
    content, size = compress(picture, kind, limits)
    fitted = DocumentImage(kind, *size, len(content), content=content)
    return fitted, _done(image, fitted)


def _pixels(image: DocumentImage, limits: ImageLimits) -> Size:
    """``image`` as stored, shrunk to ``max_side``."""
    size = image.width, image.height
    return scaled(size, min(1.0, limits.max_side / max(size)))


def _done(image: DocumentImage, fitted: DocumentImage) -> str:
    done = []
    if fitted.format is not image.format:
        done.append(f"{image.format.value}-to-{fitted.format.value}")
    if max(fitted.width, fitted.height) < max(image.width, image.height):
        done.append(f"shrunk {fitted.width}x{fitted.height}")
    return " ".join(done) or "recompressed"
