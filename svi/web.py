"""The web application: webhooks, health and figures, wired."""

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from backend import db, log
from backend.settings import settings
from ivr import webhooks
from svi import health, metrics

LARGEST = 64 * 1024  # bytes of a webhook's form
_log = log.get("web")


def create_app() -> Flask:
    """Return the application, its settings checked. Raises MisconfiguredError."""
    log.configure("web")
    settings().require_twilio()
    settings().require_secret_keys()
    settings().require_database()
    app = Flask("svi", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.url_map.merge_slashes = False  # `//voice/…` is nothing of ours, and leads nowhere
    webhooks.register(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(metrics.blueprint)
    app.register_error_handler(Exception, failed)
    return app


def failed(error: Exception) -> Response | HTTPException:
    """Answer whatever nobody expected: a line in the log and a page, both without a word of what it was about."""
    if isinstance(error, HTTPException):
        return error
    _log.error("web.error", **log.cause(error))
    away = db.gone(error)
    words = "The database is away. Try again shortly.\n" if away else "Something went wrong on our side.\n"
    return Response(words, 503 if away else 500, content_type="text/plain; charset=utf-8")
