"""The API's documentation for people, made from the OpenAPI description alone. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

Json = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """An address as it is read, and as it is asked for; `href` is None where there is nothing to ask for yet."""

    text: str
    href: str | None


@dataclass(frozen=True)
class Parameter:
    """One parameter: what it means, which values it takes, and requests that show it."""

    name: str
    description: str
    place: str
    required: bool
    many: bool
    allowed: list[tuple[str, str]]
    examples: list[Link]


@dataclass(frozen=True)
class Endpoint:
    """One endpoint."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    tries: list[Link]
    answer: str


def endpoints(description: Json, article: Mapping[str, str] | None) -> list[Endpoint]:
    """Return the endpoints in order. `article` has `article_id` and `url` of one that is there."""
    bodies = description.get("components", {}).get("schemas", {})
    return [
        _endpoint(path, method, described, article or {}, bodies)
        for path, methods in description["paths"].items()
        for method, described in methods.items()
    ]


def _endpoint(path: str, method: str, described: Json, article: Mapping[str, str], bodies: Json) -> Endpoint:
    answer = described["responses"]["200"]["content"]["application/json"].get("example")
    anchor = path.removeprefix("/v1/").replace("/", "-").replace("{", "").replace("}", "")
    return Endpoint(
        anchor=anchor if method == "get" else f"{anchor}-{method}",
        method=method.upper(),
        path=path,
        summary=described["summary"],
        description=described["description"],
        parameters=[_parameter(path, one) for one in described.get("parameters", [])] + _sent(described, bodies),
        tries=[_try(address, article) for address in described.get("x-try", [])],
        answer=pretty(answer),
    )


def _sent(described: Json, bodies: Json) -> list[Parameter]:
    """Return the fields of the JSON that is sent along, none for what is only read."""
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    shape = bodies.get(name, {})
    return [
        Parameter(
            name=field,
            description=schema.get("description", ""),
            place="body",
            required=field in shape.get("required", ()),
            many=schema.get("type") == "array",
            allowed=[],
            examples=[],
        )
        for field, schema in shape.get("properties", {}).items()
    ]


def pretty(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _try(address: str, article: Mapping[str, str]) -> Link:
    """Return a request to try, with the article in its place."""
    if "{" not in address:
        return Link(address, address)
    if not article:
        return Link(address, None)
    filled = address
    for name, value in article.items():
        filled = filled.replace(f"{{{name}}}", quote(value, safe=":/"))
    return Link(address, filled)


def _parameter(path: str, described: Json) -> Parameter:
    schema = described.get("schema", {})
    kinds = schema.get("anyOf", [schema])
    name = described["name"]
    values = [one["value"] for one in described.get("examples", {}).values()]
    return Parameter(
        name=name,
        description=described.get("description", ""),
        place=described["in"],
        required=described.get("required", False),
        many=any(kind.get("type") == "array" for kind in kinds),
        allowed=list(schema.get("x-allowed", {}).items()),
        examples=[Link(f"{name}={value}", f"{path}?{urlencode({name: value}, quote_via=quote)}") for value in values],
    )
