"""Renders the OpenAPI description as one plain HTML page without scripts."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Any

_STYLE = """
body{font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;max-width:60rem;
margin:2rem auto;padding:0 1rem;line-height:1.5;color:#222}
h2{margin-top:2.5rem;border-bottom:1px solid #ccc} h3{margin:1.8rem 0 .3rem;font-size:1rem}
code{background:#f3f3f3;padding:.1rem .3rem} table{border-collapse:collapse;font-size:.9rem}
td,th{border:1px solid #ddd;padding:.25rem .5rem;text-align:left;vertical-align:top}
summary{cursor:pointer} .method{text-transform:uppercase;font-weight:600}
"""


#: nothing runs, nothing is fetched, no other page frames it; the one style is known by its digest
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)


def page(schema: dict[str, Any]) -> str:
    """The page."""
    info = schema["info"]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="zh-CN"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1>",
            f"<p>{escape(info.get('description', ''))}</p>",
            '<p><a href="docs/openapi.json">openapi.json</a></p>',
            *_groups(schema),
            "</body></html>",
        ]
    )


def _groups(schema: dict[str, Any]) -> Iterator[str]:
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if isinstance(operation, dict) and "responses" in operation:
                tag = (operation.get("tags") or [""])[0]
                groups.setdefault(tag, []).append((path, method, operation))
    for tag, operations in groups.items():
        yield f"<h2>{escape(tag)}</h2>"
        for path, method, operation in operations:
            yield from _operation(path, method, operation)


def _operation(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h3><span class="method">{method}</span> <code>{escape(path)}</code></h3>'
    yield f"<p>{escape(operation.get('summary', ''))}<br>{escape(operation.get('description') or '')}</p>"
    rows = [(one["name"], one["in"], one.get("required"), one) for one in operation.get("parameters", [])]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    wanted = body.get("required", [])
    rows += [(name, "body", name in wanted, one) for name, one in body.get("properties", {}).items()]
    if rows:
        yield "<details><summary>参数 Parameters</summary><table>"
        for name, place, required, one in rows:
            mark = "*" if required else ""
            said = one if "description" in one else one.get("schema", {})
            told = " · ".join(said[part] for part in ("title", "description") if said.get(part))
            yield f"<tr><td><code>{escape(name)}</code>{mark}</td><td>{place}</td><td>{escape(told)}</td></tr>"
        yield "</table></details>"
    yield f"<p>{', '.join(sorted(operation['responses']))}</p>"
