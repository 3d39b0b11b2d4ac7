"""Draws a text as a QR code: an SVG path."""

from __future__ import annotations

from itertools import groupby

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
    for y, row in enumerate(rows, _QUIET):
        x = _QUIET
        for is_dark, modules in groupby(row):
            run = len(list(modules))
            if is_dark:
                path.append(f"M{x} {y}h{run}v1h-{run}z")
            x += run
    return QrCode(len(rows) + 2 * _QUIET, "".join(path))
