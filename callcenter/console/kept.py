"""A form that came, without script, when its session had ended: kept in the sign-in, and shown afterwards to be sent.

Nothing of it is stored: it goes with the pages, to the browser that sent it. What the page's own script posts never
comes here: its text stays where it was typed.
"""

from collections.abc import Sequence

from flask import current_app, render_template, request
from werkzeug.exceptions import HTTPException

TO, FIELD = "kept-to", "kept."
SECRET = {"password", "code"}
NEVER = {"present", "new", "again", "key"}
"""Fields of forms of which nothing is kept: of passwords, and of the second factor's key."""
Fields = Sequence[tuple[str, str]]
"""Hidden fields of the sign-in: where the form goes, and what was in it."""


def posted() -> Fields:
    """Return the form of this request as fields to be kept; nothing where nothing was filled in, or all is secret."""
    if NEVER & request.form.keys():
        return ()
    given = [(f"{FIELD}{name}", value) for name, value in request.form.items(multi=True) if name not in SECRET]
    return [(TO, request.path), *given] if given else ()


def carried() -> Fields:
    """Return the fields that the sign-in of this request carries on."""
    return [each for each in request.form.items(multi=True) if each[0] == TO or each[0].startswith(FIELD)]


def shown() -> str | None:
    """Return the page that shows what is carried, to be sent again; None where there is nothing, or no such form."""
    to = request.form.get(TO, "")
    if not to or not _is_a_form(to):
        return None
    fields = [(name.removeprefix(FIELD), value) for name, value in carried() if name != TO]
    words = [value for _, value in fields if " " in value.strip()]
    return render_template("console/kept.html", to=to, fields=fields, words=words)


def _is_a_form(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return False
    return hasattr(current_app.view_functions[endpoint], "roles")
