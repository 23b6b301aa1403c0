"""Feeds: records of the same kinds as files, posted in batches, each with a key that makes sending again harmless."""

import hashlib
import json
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel, Field

from backend import feeds
from backend.api import PREFIX, answers, requests
from backend.api.guard import needs
from backend.api.problems import ProblemError
from backend.api.tokens import Token
from backend.feeds.importing import again
from backend.work import begin

LARGEST = 4 * 1024 * 1024
"""Bytes that a body stays below: a batch is held in memory by a process that answers calls too."""
MOST_RECORDS = 10_000
ARRAY, LINES = "application/json", "application/x-ndjson"
blueprint = APIBlueprint("feeds", __name__, url_prefix=f"{PREFIX}/feeds", tag="Feeds")


class Fed(BaseModel):
    """What kind of record, in the address."""

    kind: Annotated[str, Field(json_schema_extra={"enum": list(feeds.KINDS)})]


class Keyed(BaseModel):
    """The key of a request: another for each batch, the same when it is sent again."""

    idempotency_key: Annotated[str, Field(pattern="^[!-~]{1,255}$", examples=["9f4e2b1c-0d57-4a0e-8a77-5f1f5c0b7a11"])]


@blueprint.post("/<kind>")
@needs(
    blueprint,
    "feeds:write",
    *("malformed", "not-found", "in-progress", "too-large", "media-type", "invalid", "key-reused", "busy"),
)
@blueprint.input(Fed, location="path", arg_name="fed")
@blueprint.input(Keyed, location="headers", arg_name="keyed")
@blueprint.output(answers.Batch)
def post(token: Token, fed: Fed, keyed: Keyed) -> Response:
    """Bring in a batch of records.

    A JSON array of records, or one record a line (`application/x-ndjson`); the same columns as the files of
    `svi import`, 10,000 records and 4 MiB at most. The whole batch is one transaction. A record that can't be used is
    rejected with its reason and stops no other. Sent again with the same key, a batch has no effect and gets the same
    answer, for two days.
    """
    if fed.kind not in feeds.KINDS:
        raise ProblemError("not-found", f"Kinds are {', '.join(feeds.KINDS)}.")
    records = _records()
    body = again(partial(_take, token, keyed.idempotency_key, fed.kind, records))
    return Response(body, content_type=ARRAY)


def _take(token: Token, key: str, kind: str, records: list[Any]) -> bytes:
    """Merge a batch and store the answer, or return the one that is stored: one transaction."""
    sha256 = hashlib.sha256(b"\0".join((kind.encode(), request.mimetype.encode(), request.get_data()))).digest()
    with begin(token.actor) as work:
        if not requests.hold(work, token, key):
            raise ProblemError("in-progress", headers={"Retry-After": "1"})
        try:
            if stored := requests.answered(work, token, key, sha256):
                return stored
        except requests.KeyReusedError:
            raise ProblemError("key-reused") from None
        taken = feeds.take(work, kind, records)
        if taken is None:
            raise ProblemError("busy", "Another import is running: send the same request again later.")
        rejections = [{"record": place, "reason": reason} for place, reason in taken.refused.items()]
        told = answers.Batch.model_validate({"kind": kind, "rejections": rejections} | asdict(taken.counts))
        body = told.model_dump_json().encode()
        requests.answer(work, token, key, sha256, body)
    return body


def _records() -> list[Any]:
    """Return the records of the body. Raises ProblemError where it can't be read as a whole."""
    if request.mimetype not in (ARRAY, LINES):
        raise ProblemError("media-type")
    body = request.get_data()
    if len(body) >= LARGEST:  # one sent in chunks is cut off there, in silence
        raise ProblemError("too-large")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise ProblemError("malformed", "The body isn't UTF-8.") from None
    records = _array(text) if request.mimetype == ARRAY else [_line(line) for line in text.split("\n") if line.strip()]
    if not records:
        raise ProblemError("malformed", "The body has no records.")
    if len(records) > MOST_RECORDS:
        raise ProblemError("too-large", f"{len(records):,} records: {MOST_RECORDS:,} at most.")
    return records


def _array(text: str) -> list[Any]:
    try:
        records = _read(text)
    except (ValueError, RecursionError):
        raise ProblemError("malformed", "The body isn't JSON.") from None
    if not isinstance(records, list):
        raise ProblemError("malformed", "The body isn't a JSON array.")
    return records


def _line(line: str) -> Any:
    """Return the record of a line; of one that isn't JSON the text, which is no record, and is refused as such."""
    try:
        return _read(line)
    except (ValueError, RecursionError):
        return line


def _read(text: str) -> Any:
    return json.loads(text, parse_float=str)  # an amount is what was written, not its nearest binary
