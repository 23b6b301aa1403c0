"""Reading what phones ask over HTTP, and refusing it with a sentence."""

import json
from typing import Any

from aiohttp import web


async def json_of(request: web.Request) -> dict[str, Any]:
    """Read a JSON object. Its content type keeps pages of other sites from sending it unasked."""
    if not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        raise bad("send application/json", web.HTTPUnsupportedMediaType)
    try:
        body = await request.json()
    except ValueError as error:
        raise bad(f"no JSON: {error}") from error
    if not isinstance(body, dict):
        raise bad("send a JSON object")
    return body


def bad(message: str, kind: type[web.HTTPClientError] = web.HTTPBadRequest) -> web.HTTPClientError:
    """Refuse, with a reason."""
    return kind(text=json.dumps({"error": message}), content_type="application/json")


def whole(given: str) -> int:
    """Read a whole number; 0 where it is none."""
    return int(given) if given.isascii() and given.isdigit() else 0


def wait_of(request: web.Request, default: float, longest: float) -> float:
    """Read how many seconds an answer may wait for news."""
    try:
        return min(max(float(request.query.get("wait", default)), 0.0), longest)
    except ValueError:
        return default


def pace_in(wish: dict[str, Any]) -> float:
    """Read how fast speech is: 1 as spoken, 0 at once."""
    pace = wish.get("pace", 1.0)
    if not isinstance(pace, int | float) or pace < 0:
        raise bad("pace must be a number, 0 or more")
    return float(pace)
