"""Draws a text as a QR code: an SVG path."""

from __future__ import annotations

import segno
from msgspec import Struct

#: modules of quiet around it, without which a camera finds nothing (ISO/IEC 18004)
_QUIET = 4


class QrCode(Struct, frozen=True):
    """Dark modules as the `d` of an SVG path, in a square of SIZE by SIZE modules, quiet edge included."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """TEXT as a QR code that survives a scratched screen (error correction M or better)."""
    rows = segno.make_qr(text, error="m").matrix
    path: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x]:
                run += 1
            if row[x]:
                path.append(f"M{x + _QUIET} {y + _QUIET}h{run}v1h-{run}z")
            x += run
    return QrCode(len(rows) + 2 * _QUIET, "".join(path))
