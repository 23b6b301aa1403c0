"""What went wrong, told to a machine: problem details (RFC 9457), each kind once, none with personal data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from apiflask.exceptions import HTTPError
from flask import Response, json
from werkzeug.exceptions import HTTPException, InternalServerError

from backend import db, log
from backend.api import PREFIX

MEDIA_TYPE = "application/problem+json"
_NONE: Mapping[str, str] = MappingProxyType({})
_log = log.get("api")


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its HTTP status, what it is, how to mend it."""

    status: int
    title: str
    mend: str


KINDS = {
    "malformed": Kind(400, "The body can't be read", "Send a JSON array of records, or one JSON object a line."),
    "token-missing": Kind(401, "No token", "Send the header `Authorization: Bearer …`."),
    "token-refused": Kind(401, "The token is unknown, revoked or expired", "Ask an operator for a new one."),
    "scope-missing": Kind(403, "The token lacks a scope", "Ask an operator for a token with the scope of this page."),
    "not-found": Kind(404, "There is nothing at this address", "Look at /api/v1/docs for the addresses there are."),
    "unknown-person": Kind(404, "Nobody has this registration number", "Check the number."),
    "method-not-allowed": Kind(405, "This address has no such method", "The header `Allow` lists its methods."),
    "in-progress": Kind(409, "A request with this key is being handled", "Send it again in a moment."),
    "too-large": Kind(413, "The body is too large", "Cut the batch into smaller ones."),
    "media-type": Kind(415, "The body is of another type", "Send `application/json` or `application/x-ndjson`."),
    "invalid": Kind(422, "A parameter is missing or wrong", "`errors` names each."),
    "key-reused": Kind(422, "The key was used for another request", "Take a new `Idempotency-Key` for each batch."),
    "refused-too-often": Kind(429, "Too many wrong tokens from your address", "Wait, then send the right one."),
    "fault": Kind(500, "Something went wrong on our side", "Try again later; if it stays, tell an operator."),
    "busy": Kind(503, "Another import is running, or a record is held", "Send the same request again later."),
    "crowded": Kind(503, "Too many machines ask at once", "Send the same request again shortly."),
    "database-away": Kind(503, "The database is away", "Send the same request again shortly."),
}
OF_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "media-type", 422: "invalid"}
WAIT = {429: 60, 503: 5}
"""Seconds of `Retry-After`, by status."""
SCHEMA = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "The kind of problem."},
        "title": {"type": "string", "description": "What is wrong."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "How to mend it."},
        "errors": {
            "type": "array",
            "description": "Each parameter that is missing or wrong, and why.",
            "items": {
                "type": "object",
                "required": ["parameter", "reason"],
                "properties": {"parameter": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}


class ProblemError(Exception):
    """A request can't be served, for a reason of `KINDS`; `detail` says more than the kind does."""

    def __init__(self, kind: str, detail: str = "", headers: Mapping[str, str] = _NONE) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.headers = headers


def answer(error: Exception) -> Response:
    """Return the response to any error, and log those of ours without a word of what they were about."""
    match error:
        case ProblemError():
            return _response(error.kind, error.detail, error.headers)
        case HTTPError():
            return _response(OF_STATUS[error.status_code], errors=_errors(error.detail))
        case HTTPException() if not isinstance(error, InternalServerError):
            return _of_werkzeug(error)
    kind = "database-away" if db.gone(error) else "busy" if db.conflicted(error) else "fault"
    _log.error("api.error", kind=kind, **log.cause(error))
    return _response(kind)


def documented(*kinds: str) -> dict[int, dict[str, Any]]:
    """Return what an operation's description says of the problems it may answer with."""
    told: dict[int, list[str]] = {}
    for kind in kinds:
        told.setdefault(KINDS[kind].status, []).append(f"{KINDS[kind].title} (`{kind}`).")
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": " ".join(words), "content": content, "headers": _headers(status)}
        for status, words in sorted(told.items())
    }


def _headers(status: int) -> dict[str, Any]:
    if status not in WAIT:
        return {}
    return {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def crowded() -> Response:
    """Return the answer to a request for which there is no thread just now."""
    return _response("crowded")


def _of_werkzeug(error: HTTPException) -> Response:
    """Return the problem of a status that Flask itself answers with."""
    if error.code in OF_STATUS:
        allowed = {name: value for name, value in error.get_headers() if name == "Allow"}
        return _response(OF_STATUS[error.code], headers=allowed)
    status = error.code or InternalServerError.code
    return _sent(status, {"type": "about:blank", "title": error.name, "status": status, "detail": error.name}, _NONE)


def _response(
    kind: str, detail: str = "", headers: Mapping[str, str] = _NONE, errors: Sequence[Mapping[str, str]] = ()
) -> Response:
    found = KINDS[kind]
    body: dict[str, Any] = {
        "type": f"{PREFIX}/docs#{kind}",
        "title": found.title,
        "status": found.status,
        "detail": detail or found.mend,
    }
    if errors:
        body["errors"] = errors
    waiting = {"Retry-After": str(WAIT[found.status])} if found.status in WAIT else {}
    return _sent(found.status, body, {**waiting, **headers})


def _sent(status: int, body: dict[str, Any], headers: Mapping[str, str]) -> Response:
    return Response(json.dumps(body, sort_keys=False), status, headers, content_type=MEDIA_TYPE)


def _errors(detail: Any) -> list[dict[str, str]]:
    """Return what a validation found, by parameter; never the value that was sent."""
    return [
        {"parameter": name.replace("_", "-") if place == "headers" else name, "reason": reason}
        for place, names in detail.items()
        for name, reasons in names.items()
        for reason in reasons
    ]
