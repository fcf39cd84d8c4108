"""``python -m gateway.wire.openapi > docs/openapi.json`` writes the document anew."""

from __future__ import annotations

import sys

from gateway.wire.openapi import text

sys.stdout.write(text())
