"""The holder's portrait as Base64 text, the form in which vendors send it and callers get it."""

from __future__ import annotations

import binascii
import re

_DATA_URL = re.compile(r"\s*data:[^,]{0,200},", re.IGNORECASE)

_BLANKS = str.maketrans("", "", " \t\r\n")


def portrait(text: str | None) -> bytes | None:
    """``text`` without a ``data:`` prefix and line ends, if that is Base64 of something; else ``None``.

    Costs about a millisecond per MB.
    """
    if not text:
        return None
    bare = _DATA_URL.sub("", text, count=1).translate(_BLANKS) if text[:1] in "dD \t\r\n" else text.translate(_BLANKS)
    try:
        encoded = bare.encode("ascii")
        return encoded if binascii.a2b_base64(encoded, strict_mode=True) else None
    except (UnicodeEncodeError, binascii.Error):
        return None
