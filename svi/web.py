"""The web application: webhooks and health, wired."""

from flask import Flask, Response
from sqlalchemy import text

from backend import db, log
from backend.settings import settings
from ivr import webhooks

LARGEST = 64 * 1024  # bytes of a webhook's form


def create_app() -> Flask:
    """Return the application, its settings checked. Raises MisconfiguredError."""
    log.configure("web")
    settings().require_twilio()
    settings().require_secret_keys()
    settings().require_database()
    app = Flask("svi", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    webhooks.register(app)
    app.add_url_rule("/health/live", "live", live)
    app.add_url_rule("/health/ready", "ready", ready)
    return app


def live() -> Response:
    """This process answers."""
    return Response("live\n", content_type="text/plain")


def ready() -> Response:
    """A call would be answered: the database does."""
    try:
        with db.engine().connect() as connection:
            connection.execute(text("select 1 from calls limit 1"))
    except Exception as error:  # noqa: BLE001 whatever is wrong, the answer is "not ready"
        return Response(f"not ready: {type(error).__name__}\n", 503, content_type="text/plain")
    return Response("ready\n", content_type="text/plain")
