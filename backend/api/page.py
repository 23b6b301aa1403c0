"""The human page of the API: its description, rendered here. It loads nothing from elsewhere, and runs no script."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, make_response, render_template
from markupsafe import Markup

from backend import events
from backend.api import PREFIX, problems, tokens

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
blueprint = APIBlueprint("page", __name__, url_prefix=PREFIX, enable_openapi=False)


@blueprint.get("/docs")
def docs() -> Response:
    """Render the OpenAPI document for people."""
    document: dict[str, Any] = current_app.spec  # type: ignore[attr-defined] # ours is an APIFlask; Flask's proxy doesn't say so
    operations = [
        {"path": path, "method": method.upper()} | operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "responses" in operation
    ]
    page = make_response(
        render_template(
            "docs.html",
            document=document,
            operations=operations,
            scopes=tokens.SCOPES,
            problems=problems.KINDS,
            events=events.TYPES,
            type_of=type_of,
            coded=coded,
        )
    )
    page.headers["Content-Security-Policy"] = POLICY
    return page


def coded(text: str) -> Markup:
    """Return a text, what stands between backticks as code."""
    pieces = enumerate(text.split("`"))
    return Markup().join(Markup("<code>{}</code>").format(piece) if place % 2 else piece for place, piece in pieces)


def type_of(schema: dict[str, Any]) -> str:
    """Return in a few words what values a schema allows."""
    if reference := schema.get("$ref"):
        return str(reference).rpartition("/")[2]
    if choices := schema.get("enum"):
        return " | ".join(map(str, choices))
    if either := schema.get("anyOf"):
        return " or ".join(type_of(each) for each in either)
    kinds = schema.get("type", "any")
    if kinds == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    if kinds == "string":
        return str(schema.get("format") or schema.get("pattern") or kinds)
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
