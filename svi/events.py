"""The event stream of consoles, as an application of its own: it keeps a connection open for each page."""

from starlette.applications import Starlette

from backend import log
from backend.settings import settings
from callcenter.console import stream


def create_app() -> Starlette:
    """Return the application, its settings checked. Raises MisconfiguredError."""
    log.configure("events")
    settings().require_secret_keys()
    settings().require_database()
    settings().require_redis()
    return stream.create_app()
