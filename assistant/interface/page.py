"""The page for developers: made from the API's own description, so that it can't be stale; it loads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

DOCS_PATH: Final = "/docs"
_REF: Final = "#/components/schemas/"
_KINDS: Final = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "真或假",
    "null": "null",
    "object": "对象",
}

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body; ``parts`` are the bodies that it holds, by their names. ``is_free``: may be left out."""

    name: str
    kind: str
    parts: tuple[str, ...]
    meaning: str
    is_free: bool


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint; ``replies`` are what it says and what that holds, by status."""

    method: str
    path: str
    summary: str
    takes: tuple[str, ...]
    replies: tuple[tuple[str, str, str, tuple[str, ...]], ...]


def docs_page(description: Schema, base: str) -> str:
    """The page of an OpenAPI description. ``base``: the server's address, for the examples."""
    schemas = description["components"]["schemas"]
    routes = list(_routes(description))
    taken = {name for route in routes for name in route.takes}
    bodies = {name: (schema["title"], list(_fields(schema, name in taken))) for name, schema in schemas.items()}
    return _template().render(routes=routes, bodies=bodies, base=base)


def _routes(description: Schema) -> Iterator[Route]:
    for path, methods in description["paths"].items():
        for method, told in methods.items():
            taken = told.get("requestBody")
            replies = tuple(
                (status, reply["description"], *_kind(_json(reply))) for status, reply in told["responses"].items()
            )
            takes = _kind(_json(taken))[1] if taken else ()
            yield Route(method.upper(), path, told["summary"], takes, replies)


def _json(body: Schema) -> Schema:
    schema: Schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _fields(schema: Schema, is_taken: bool) -> Iterator[Field]:
    """The fields of a body; of one that comes back all are there."""
    needed = schema.get("required", ())
    for name, told in schema.get("properties", {}).items():
        yield Field(name, *_kind(told), told.get("description", ""), is_taken and name not in needed)


def _kind(schema: Schema) -> tuple[str, tuple[str, ...]]:
    """What a value is, in words, and the bodies it holds.

    >>> _kind({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]})
    ('文字的列表，或 null', ())
    >>> _kind({"type": "array", "items": {"$ref": "#/components/schemas/Figure"}})
    ('Figure 的列表', ('Figure',))
    """
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF)
        return name, (name,)
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        kinds = [_kind(each) for each in choices]
        return "，或 ".join(kind for kind, _ in kinds), tuple(part for _, parts in kinds for part in parts)
    if "enum" in schema or "const" in schema:
        return " | ".join(schema.get("enum", [schema.get("const")])), ()
    if schema.get("type") == "array":
        kind, parts = _kind(schema["items"])
        of = f"（{kind}）" if "，" in kind else f"{kind} " if parts else kind
        return f"{of}的列表", parts
    return _KINDS.get(schema.get("type", ""), ""), ()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja")
