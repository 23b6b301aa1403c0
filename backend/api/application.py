"""The application that answers under `/api/`: its operations, its limits, its errors, its own description."""

from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response

from backend import feeds
from backend.api import PREFIX, batches, happenings, insured, page, problems, tokens
from backend.api.guard import SCHEME
from backend.feeds.kinds import Kind
from backend.settings import settings
from backend.work import business_day

_CELL = ["string", "integer", "number", "boolean", "null"]
ABOUT = """\
For the fund's other systems. Every request bears a token (`Authorization: Bearer …`), made by an operator with
`svi token add NAME --scope SCOPE`. Errors are problem details (RFC 9457). Amounts are strings of dirhams with two
decimals; what isn't known is null."""


def create_app() -> APIFlask:
    """Return the application."""
    app = APIFlask(
        "backend.api",
        title="SVI 3939",
        version="1",
        spec_path=f"{PREFIX}/openapi.json",
        docs_path=None,
        static_url_path=f"{PREFIX}/static",
        json_errors=False,
    )
    app.description = ABOUT
    app.servers = [{"url": settings().public_url}]
    app.security_schemes = {
        SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "description": " ".join(f"{k}: {v}" for k, v in tokens.SCOPES.items()),
        }
    }
    app.config |= {
        "SUCCESS_DESCRIPTION": "Answered.",
        "AUTO_404_RESPONSE": False,
        "AUTO_VALIDATION_ERROR_RESPONSE": False,
        "AUTO_AUTH_ERROR_RESPONSE": False,
        "AUTO_OPERATION_ID": True,
        "MAX_CONTENT_LENGTH": batches.LARGEST,
    }
    app.json.sort_keys = False  # type: ignore[attr-defined] # members come in the order of their description
    app.url_map.merge_slashes = False
    for blueprint in (insured.blueprint, batches.blueprint, happenings.blueprint, page.blueprint):
        app.register_blueprint(blueprint)
    for error in (Exception, HTTPError):  # apiflask has a handler of its own for the second
        app.register_error_handler(error, problems.answer)
    app.after_request(_private)
    app.spec_processor(_completed)
    return app


def _private(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _completed(document: dict[str, Any] | str) -> dict[str, Any] | str:
    """Add what no decorator says: problem details, and the body of a batch, which is of a kind's columns."""
    if isinstance(document, str):
        raise TypeError("SPEC_FORMAT is json")
    kinds = {name: kind(business_day()) for name, kind in feeds.KINDS.items()}
    records = {f"Record.{name}": _record(name, kind) for name, kind in kinds.items()}
    document["components"]["schemas"] |= {"Problem": problems.SCHEMA} | records
    post = document["paths"][f"{PREFIX}/feeds/{{kind}}"]["post"]
    for parameter in post["parameters"]:
        if parameter["in"] == "header":
            parameter["name"] = parameter["name"].title()
    one = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in records]}
    post["requestBody"] = {
        "required": True,
        "content": {
            batches.ARRAY: {"schema": {"type": "array", "items": one, "minItems": 1, "maxItems": batches.MOST_RECORDS}},
            batches.LINES: {"schema": {"type": "string", "description": "One record a line."}},
        },
    }
    return document


def _record(name: str, kind: Kind) -> dict[str, Any]:
    """Return the description of a kind's records: cells are texts as in a file, or what JSON has for them."""
    return {
        "type": "object",
        "description": f"A record of the kind `{name}`, with the columns of its file.",
        "properties": {column: {"type": _CELL} for column in kind.columns},
        "required": sorted(kind.required),
        "additionalProperties": False,
    }
