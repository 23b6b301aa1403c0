"""A form that came, without script, when its session had ended: kept in the sign-in, and shown afterwards to be sent.

Nothing of it is stored: it goes with the pages, to the browser that sent it, sealed for the account whose session it
was. Whoever else signs in there sees nothing of it, and after KEPT nobody does. What the page's own script posts never
comes here: its text stays where it was typed.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import orjson
from flask import current_app, render_template, request
from werkzeug.exceptions import HTTPException

from backend import clock
from backend.seal import UnsealError, seal, unseal

FIELD = "kept"
"""The hidden field of the sign-in that bears it."""
KEPT = timedelta(hours=2)
SECRET = {"password", "code"}
NEVER = {"present", "new", "again", "key"}
"""Fields of forms of which nothing is kept: of passwords, and of the second factor's key."""


def posted(advisor: int) -> str | None:
    """Return the form of this request, sealed for an account; None where nothing was filled in, or all is secret."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in SECRET]
    if not fields or NEVER & request.form.keys():
        return None
    told = {"to": request.path, "fields": fields, "at": clock.now().timestamp()}
    return urlsafe_b64encode(seal(orjson.dumps(told), _for(advisor))).decode()


def carried() -> str | None:
    """Return what the sign-in of this request carries on."""
    return request.form.get(FIELD)


def shown(advisor: int) -> str | None:
    """Return the page that shows an account what is carried, to be sent again; None where nothing is theirs."""
    try:
        told = orjson.loads(unseal(urlsafe_b64decode((carried() or "").encode("ascii")), _for(advisor)))
    except (UnsealError, ValueError):
        return None
    old = clock.now().timestamp() - told["at"] > KEPT.total_seconds()
    if old or not _is_a_form(told["to"]):
        return None
    words = [value for _, value in told["fields"] if " " in value.strip()]
    return render_template("console/kept.html", to=told["to"], fields=told["fields"], words=words)


def _for(advisor: int) -> str:
    return f"kept:{advisor}"


def _is_a_form(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return False
    return hasattr(current_app.view_functions[endpoint], "roles")
