"""Change rows as dicts by column, made from a log or read from a database."""

from typing import Any

from sqlalchemy import Engine, Table, select

from casework.change.rows import Rows
from casework.change.tables import DERIVED, activity_change, case_change, case_now, hold_change
from casework.database.engine import reading
from tests.change.made_by_hand import Book

Row = dict[str, Any]


def gathered(book: Book, since: int = 0) -> Rows:
    rows = Rows(book.log)
    for one in book.appended[since:]:
        rows.add(one.recorded, one.before, one.after, one.history)
    return rows


def named(table: Table, rows: list[tuple[Any, ...]]) -> list[Row]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in rows]


def case_rows(book: Book, since: int = 0) -> list[Row]:
    return named(case_change, gathered(book, since).lines[case_change])


def hold_rows(book: Book, since: int = 0) -> list[Row]:
    return named(hold_change, gathered(book, since).lines[hold_change])


def activity_rows(book: Book, since: int = 0) -> list[Row]:
    return named(activity_change, gathered(book, since).lines[activity_change])


def now_rows(book: Book) -> dict[str, Row]:
    return {row["stream"]: row for row in named(case_now, list(gathered(book).now().values()))}


def before(row: Row, fact: str) -> Any:
    """The side before: `before_<fact>` is NULL where the entry did not change it."""
    return row[fact] if row[f"before_{fact}"] is None else row[f"before_{fact}"]


def in_database(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived row, in the order of its key."""
    with reading(engine) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in DERIVED
        }
