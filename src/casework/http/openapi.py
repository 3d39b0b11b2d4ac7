"""Completes the OpenAPI description: command bodies, problems, security, and its page.

Litestar describes the routes it knows the types of. Commands are described from the law's own words, and every
operation gets the problems that it can answer with.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Litestar, Request, Router
from litestar.enums import MediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin

from casework import __version__
from casework.application.access.receipts import ISSUING, Receipted
from casework.application.cases.duplicates import WARNS, Registered
from casework.http.api.batch import Outcomes
from casework.http.api.described import BATCH_BODY, body_schema, components, plain
from casework.http.api.route_table import ROUTES, Route
from casework.http.cookie import HOST
from casework.http.openapi_page import POLICY, page
from casework.http.problem_words import TITLES
from casework.http.problems import MEDIA_TYPE, ProblemDetails
from casework.log.submission import Answer

_REF = "#/components/schemas/{name}"
_DESCRIPTION = (
    "为民办事：每一件诉求、每一次办理都入账。 Every request and every action is an entry in the county's log. "
    "Come with a token (`Authorization: Bearer …`) for one actor in one role of one log, or signed in. "
    "Problems are RFC 9457, in Chinese or English as `Accept-Language` asks. "
    "A command is sent again safely with the same `Idempotency-Key`: it is stored once and answered the same."
)
#: problems that any operation behind a token may answer with, and those of commands besides
_ANY = (400, 401, 403, 404, 422, 429, 500, 503)
_ACTING = (409, 412, 413, 415, 428)
_BEARER = {"bearer": []}
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "description": "`return=minimal`：不要疑似重复件 · no look for what may be the same case",
    "schema": {"type": "string", "enum": ["return=minimal"]},
}
#: operation → media type of a success that Litestar does not know of, since it follows from what was asked for
_ALSO = {"export-roster": "application/zip"}


def config() -> OpenAPIConfig:
    """Where it is served; no page of it names an outside host."""
    return OpenAPIConfig(
        title="casework",
        version=__version__,
        description=_DESCRIPTION,
        openapi_router=Router(
            path="/api/docs",
            route_handlers=[],
            response_headers=HEADERS,
            opt={"needs": "api.describe"},
            include_in_schema=False,
        ),
        render_plugins=[_Page(path="/"), _Json()],
        use_handler_docstrings=True,
        operation_id_creator=lambda handler, *_: handler.fn.__name__.replace("_", "-"),
    )


class _Json(JsonRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return msgspec.json.encode(described(request.app, openapi_schema))


class _Page(OpenAPIRenderPlugin):
    def __init__(self, path: str) -> None:
        super().__init__(path=path, media_type=MediaType.HTML, favicon="", style="")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return page(described(request.app, openapi_schema)).encode()


def described(app: Litestar, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """The whole description, made once per application."""
    made: dict[str, Any] | None = app.state.get("openapi")
    if made is None:
        made = _completed(schema if schema is not None else app.openapi_schema.to_schema())
        app.state["openapi"] = made
    return made


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    schema = msgspec.json.decode(msgspec.json.encode(schema))  # a copy: Litestar keeps its own
    schemas: dict[str, Any] = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas |= components()
    own_kinds = (Answer, Receipted, Registered, Outcomes, ProblemDetails)
    _, own = msgspec.json.schema_components(own_kinds, ref_template=_REF)
    schemas |= plain(own)
    schema["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": HOST},
    }
    schema["security"] = [_BEARER, {"session": []}]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if method in {"get", "put", "post", "delete", "patch"}:
                _complete(path, operation)
    return schema


def _complete(path: str, operation: dict[str, Any]) -> None:
    route = ROUTES.get(operation.get("operationId", ""))
    is_batch = operation.get("operationId") == "commands"
    if route is not None:
        _describe(route, operation)
    elif is_batch:
        operation["requestBody"] = _json_body(BATCH_BODY)
        operation["responses"] = {"200": _json_answer("one outcome for each command", "Outcomes")}
        operation["parameters"] = [*operation.get("parameters", []), _PREFER]
    if route is not None or is_batch:
        given = {one["name"] for one in operation.setdefault("parameters", [])}
        named = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        operation["parameters"] += [_in_path(name) for name in named if name not in given]
    responses: dict[str, Any] = operation.setdefault("responses", {})
    for status in [one for one in responses if one[0] in "45"]:
        responses.pop(status)
    if not path.startswith("/api/"):
        operation["security"] = []
        responses |= _problems(500, 503) if "503" not in responses else _problems(500)
        if path == "/health/ready":  # what is not ready says of itself the same as what is
            responses["503"] = responses["200"]
        return
    if operation.get("operationId") == "sign-in":
        operation["security"] = []
    if also := _ALSO.get(operation.get("operationId", "")):
        content: dict[str, Any] = responses["200"]["content"]
        content[also] = next(iter(content.values()))
    if "receipt" in operation.get("tags", ()):  # number and secret, in the body, are looked at instead of a token
        operation["security"] = []
        responses |= _problems(*(one for one in _ANY if one != HTTPStatus.UNAUTHORIZED), HTTPStatus.TOO_MANY_REQUESTS)
    else:
        responses |= _problems(*_ANY)
    if "sign-in" in operation.get("tags", []):
        responses |= _problems(409, 429)
    if "requestBody" in operation:
        responses |= _problems(*_ACTING)


def _describe(route: Route, operation: dict[str, Any]) -> None:
    headers = {"ETag": _header("revision of the case, in quotes", r'^"\d+"$')}
    if route.begins:
        headers["Location"] = _header("where what began is found", "^/api/")
    warns = route.command == WARNS
    kind = "Registered" if warns else "Receipted" if route.command in ISSUING else "Answer"
    answer = _json_answer("what the log says of it", kind, headers)
    operation["responses"] = {"201" if route.begins else "200": answer}
    operation["requestBody"] = _json_body(body_schema(route), required=not route.may_be_bare)
    operation["parameters"] = [
        *(_in_path(name) for name in ("log", *route.fills)),
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "命令编号 · id of the command, made by the client; sent twice, it is stored once",
            "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
        },
        {
            "name": "If-Match",
            "in": "header",
            "required": route.judges,
            "description": "所见修订号 · revision that was seen, in quotes; * for any",
            "schema": {"type": "string", "pattern": r'^(\*|"(0|[1-9][0-9]{0,8})")$'},
        },
        *([_PREFER] if warns else []),
    ]


def _in_path(name: str) -> dict[str, Any]:
    told = {
        "log": "县账代码 · code of the county's log",
        "case": "编号或 id · number of the case, or its id (uuid)",
    }.get(name, f"{name}: its id")
    return {"name": name, "in": "path", "required": True, "description": told, "schema": {"type": "string"}}


def _header(told: str, pattern: str) -> dict[str, Any]:
    return {"description": told, "schema": {"type": "string", "pattern": pattern}}


def _json_body(schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def _json_answer(told: str, name: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _REF.format(name=name)}}}
    return {"description": told, "headers": headers or {}, "content": content}


def _problems(*statuses: int) -> dict[str, Any]:
    reference: dict[str, Any] = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name="ProblemDetails")}}}
    answers = {str(status): {"description": TITLES[status], "content": reference} for status in statuses}
    for status in {"429", "503"} & answers.keys():
        told = "seconds after which the same may be sent again"
        answers[status]["headers"] = {
            "Retry-After": {"description": told, "schema": {"type": "string", "pattern": "^[0-9]+$"}}
        }
    return answers
