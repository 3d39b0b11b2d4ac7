"""Pack the buckets of a distribution into one text per set of dimensions.

A long history has thousands of buckets, and an answer needs them all. One row each is read in a fortieth of the time
of a row per bucket; adding to it means reading it first, in the transaction that moves the checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

Row = tuple[Any, ...]


def packed(buckets: Mapping[int, int]) -> str:
    """As stored: bucket,number,bucket,number,… in the order of buckets; an empty bucket is left out."""
    return ",".join(map(str, chain.from_iterable(sorted(one for one in buckets.items() if one[1]))))


def add_packed(buckets: dict[int, int], text: str) -> None:
    """Add what is packed in TEXT to BUCKETS."""
    if not text:
        return
    told = list(map(int, text.split(",")))
    for bucket, number in zip(told[::2], told[1::2], strict=True):
        buckets[bucket] = buckets.get(bucket, 0) + number


def pack(rows: Iterable[Row]) -> list[Row]:
    """Rows (dimensions, measure, bucket, number) as (dimensions, measure, packed), sorted."""
    found: dict[Row, dict[int, int]] = {}
    for row in rows:
        buckets = found.setdefault(row[:-2], {})
        buckets[row[-2]] = buckets.get(row[-2], 0) + row[-1]
    return sorted((*key, packed(buckets)) for key, buckets in found.items())


def merged(db: Connection, table: Table, log: str, generation: int, rows: Sequence[Row]) -> list[Row]:
    """The rows with what stands under their keys added: what is to be written in its place."""
    keys = [column for column in table.primary_key if column.name not in ("log", "generation")]
    stands = (
        select(table.c.buckets)
        .where(table.c.log == log, table.c.generation == generation)
        .where(*(column == bindparam(f"key_{place}") for place, column in enumerate(keys)))
    )
    whole: list[Row] = []
    for *key, text in rows:
        stored = db.scalar(stands, {f"key_{place}": value for place, value in enumerate(key)})
        if stored:
            buckets: dict[int, int] = {}
            add_packed(buckets, stored)
            add_packed(buckets, text)
            text = packed(buckets)  # noqa: PLW2901 — the row's own, brought up
        whole.append((*key, text))
    return whole
