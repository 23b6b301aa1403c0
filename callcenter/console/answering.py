"""After a form: back to a page with something said at its top."""

from collections.abc import Collection
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue


def back(endpoint: str, said: str | None = None, **values: Any) -> ResponseReturnValue:
    """Return to a page after a form, with something to say at its top."""
    return redirect(url_for(endpoint, said=said or None, **values), 303)


def said(notices: Collection[str]) -> str | None:
    """Return what this page is to say at its top, of all that it may."""
    wanted = request.args.get("said")
    return wanted if wanted in notices else None
