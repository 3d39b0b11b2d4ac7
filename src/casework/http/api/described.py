"""JSON Schemas of command bodies, from the law's structs."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from casework.application.cases.find_case import NAMING
from casework.application.commands.handle import made_here
from casework.http.api.envelope import Envelope
from casework.http.api.route_table import ROUTES, Route

_REF = "#/components/schemas/{name}"
#: what Python needs so that `$` is the end; in a schema it is that already
_END = re.compile(r"\(\?!\\n\)")


def _member(zh: str, en: str, **schema: Any) -> dict[str, Any]:
    return {**schema, "title": zh, "description": en}


BATCH_BODY: dict[str, Any] = {
    "type": "object",
    "required": ["commands"],
    "additionalProperties": False,
    "properties": {
        "commands": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "items": {
                "type": "object",
                "description": "The body of the command's own route, with its name, its id, and what the path says.",
                "required": ["do", "command"],
                "properties": {
                    "do": _member("命令", "name of the command", type="string", enum=list(ROUTES)),
                    "command": _member("命令编号", "its id", type="string", pattern="^[!-~]{1,200}$"),
                    "if_match": _member(
                        "所见修订号",
                        "revision that was seen, or *",
                        anyOf=[{"type": "integer", "minimum": 0}, {"const": "*"}],
                    ),
                },
            },
        }
    },
}


@cache
def components() -> dict[str, Any]:
    """Every struct that a body may hold, by name."""
    kinds = [route.kind for route in ROUTES.values()]
    _, found = msgspec.json.schema_components((*kinds, Envelope), ref_template=_REF)
    for kind in kinds:
        found[kind.__name__]["description"] = " · ".join(kind.term)
    return plain(found)


def body_schema(route: Route) -> dict[str, Any]:
    """What the body of this route may hold: the command without what the path fills, and the envelope."""
    known = components()[route.kind.__name__]
    made = made_here(route.command) | set(route.fills)
    properties = {name: _named(name, one) for name, one in known["properties"].items() if name not in route.fills}
    return {
        "type": "object",
        "title": route.command,
        "description": known["description"],
        "properties": properties | components()["Envelope"]["properties"],
        "required": [name for name in known["required"] if name not in made],
        "additionalProperties": False,
    }


def plain(schema: Any) -> Any:
    """The same schema with patterns that any reader of JSON Schema takes."""
    if isinstance(schema, dict):
        return {
            name: _END.sub("", value) if name == "pattern" and isinstance(value, str) else plain(value)
            for name, value in schema.items()
        }
    return [plain(one) for one in schema] if isinstance(schema, list) else schema


def _named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A case may be named by its number in a body too, as everywhere."""
    if name not in NAMING or name == "case":
        return schema
    text = {"type": "string", "maxLength": 120}
    kept = {key: value for key, value in schema.items() if key in ("title", "description", "default")}
    return {**({"type": "array", "items": text} if name == "cases" else text), **kept}
