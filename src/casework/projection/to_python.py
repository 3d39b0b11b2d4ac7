"""Translate expressions of a compiled tally to Python source.

Only what questions are made of is known here; anything else is `Untranslatable`, and the database counts it instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Case,
    Cast,
    Column,
    ColumnElement,
    False_,
    Integer,
    Null,
    String,
    True_,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    AsBoolean,
    BinaryExpression,
    BooleanClauseList,
    ExpressionClauseList,
    Grouping,
    UnaryExpression,
)
from sqlalchemy.sql.functions import FunctionElement

_INFIX: dict[Any, str] = {
    operators.eq: "==",
    operators.ne: "!=",
    operators.lt: "<",
    operators.le: "<=",
    operators.gt: ">",
    operators.ge: ">=",
    operators.add: "+",
    operators.sub: "-",
    operators.mul: "*",
    operators.in_op: "in",
    operators.not_in_op: "not in",
    operators.is_: "is",
    operators.is_not: "is not",
}
_COMPARES = {operators.eq, operators.ne, operators.lt, operators.le, operators.gt, operators.ge}
_JOINED: dict[Any, str] = {operators.and_: " and ", operators.or_: " or ", operators.add: " + ", operators.mul: " * "}


class Untranslatable(ValueError):
    """An expression that only a database understands."""


def remainder(value: int, by: int) -> int:
    """What SQL's % leaves: it has the sign of the value."""
    left = abs(value) % abs(by)
    return -left if value < 0 else left


#: what translated source may call
NAMES: dict[str, Any] = {"remainder": remainder}


def python_of(
    expression: ColumnElement[Any], column: Callable[[Column[Any]], str], keep: Callable[[str], str] = str
) -> str:
    """EXPRESSION as Python source; COLUMN says how a column's value is written there.

    keep  handed each comparison and each side of a change, answers what to write for it: a name, where it stands in
          many expressions. Nullable columns are only asked whether they are null, or stand in a coalesce.
    """

    def of(e: Any) -> str:
        match e:
            case Column():
                return column(e)
            case Null():
                return "None"
            case True_():
                return "True"
            case False_():
                return "False"
            case BindParameter():
                value = tuple(e.value) if isinstance(e.value, list | tuple) else e.value
                if not isinstance(value, str | int | tuple):
                    raise Untranslatable(f"a value of type {type(value).__name__}")
                return repr(value)
            case Grouping():
                return f"({of(e.element)})"
            case AsBoolean():
                return f"(not {of(e.element)})" if e.operator is operators.is_false else f"({of(e.element)})"
            case BinaryExpression() if e.operator is operators.mod:
                return f"remainder({of(e.left)}, {of(e.right)})"
            case BinaryExpression() if e.operator in _INFIX:
                _alike(e)
                whole = f"({of(e.left)} {_INFIX[e.operator]} {of(e.right)})"
                return keep(whole) if isinstance(e.type, Boolean) else whole
            case BooleanClauseList() | ExpressionClauseList() if e.operator in _JOINED:
                return f"({_JOINED[e.operator].join(of(part) for part in e.clauses)})"
            case UnaryExpression() if e.operator is operators.neg:
                return f"(-{of(e.element)})"
            case UnaryExpression() if e.operator is operators.inv:
                return f"(not {of(e.element)})"
            case Case() if e.value is None:
                rest = "None" if e.else_ is None else of(e.else_)
                for condition, result in reversed(e.whens):
                    rest = f"({of(result)} if {of(condition)} else {rest})"
                return rest
            case Cast() if isinstance(e.type, Integer) and isinstance(e.clause.type, Integer):
                return of(e.clause)
            case FunctionElement():
                called = _called(e.name, [of(part) for part in e.clauses])
                return keep(called) if e.name == "coalesce" else called
            case _:
                raise Untranslatable(f"{type(e).__name__}: {e}")

    return of(expression)


def _alike(e: BinaryExpression[Any]) -> None:
    """A text is compared with texts, a number with numbers: each database has its own way with the rest."""
    if e.operator in _COMPARES and isinstance(e.left.type, String) != isinstance(e.right.type, String):
        raise Untranslatable(f"a text compared with a number: {e}")


def _called(name: str, given: list[str]) -> str:
    match name, given:
        case "coalesce", [first, second]:
            return f"({second} if {first} is None else {first})"
        case "abs", [value]:
            return f"abs({value})"
        case "substr", [text, start, length] if start.isdigit() and length.isdigit() and int(start) > 0:
            return f"{text}[{int(start) - 1}:{int(start) - 1 + int(length)}]"
        case _:
            raise Untranslatable(f"{name}({', '.join(given)})")
