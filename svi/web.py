"""The web application: webhooks, health, figures and the API, wired."""

import sys
from collections.abc import Iterable
from threading import Semaphore
from typing import TYPE_CHECKING

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from backend import db, log
from backend.api import application as api
from backend.api import problems
from backend.settings import settings
from callcenter import console
from ivr import journal, webhooks
from svi import checkup, health, metrics, phones

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST = 64 * 1024  # bytes of a webhook's form
_log = log.get("web")


def create_app(api_at_once: int = sys.maxsize) -> Flask:
    """Return the application, its settings checked; the API answers so many at once. Raises MisconfiguredError."""
    log.configure("web")
    settings().require_twilio()
    settings().require_secret_keys()
    settings().require_database()
    app = Flask("svi", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.url_map.merge_slashes = False  # `//voice/…` is nothing of ours, and leads nowhere
    webhooks.register(app)
    console.register(app, phones.of_pages(), lambda: checkup.examine(settings()), journal.ways)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(metrics.blueprint)
    app.register_error_handler(Exception, failed)
    app.wsgi_app = _with_api(app.wsgi_app, api_at_once)  # type: ignore[assignment] # Flask's own way to wrap
    return app


def _with_api(web: "WSGIApplication", at_once: int) -> "WSGIApplication":
    """Hand what is under `/api/` to the API, which has limits and errors of its own, the rest to `web`.

    Beyond so many at once machines are told to come again: the threads that are left are those of people on the line.
    """
    machines, free = api.create_app().wsgi_app, Semaphore(at_once)

    def handed(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith("/api/"):
            return web(environ, start_response)
        if not free.acquire(blocking=False):
            return problems.crowded()(environ, start_response)
        try:
            return machines(environ, start_response)  # its answers are whole by then: none is a stream
        finally:
            free.release()

    return handed


def failed(error: Exception) -> Response | HTTPException:
    """Answer whatever nobody expected: a line in the log and a page, both without a word of what it was about."""
    if isinstance(error, HTTPException):
        return error
    _log.error("web.error", **log.cause(error))
    away = db.gone(error)
    words = "The database is away. Try again shortly.\n" if away else "Something went wrong on our side.\n"
    return Response(words, 503 if away else 500, content_type="text/plain; charset=utf-8")
