"""Whether this process answers, and whether a call would be: what a load balancer and the process group ask."""

from functools import cache

from alembic.script import ScriptDirectory
from flask import Blueprint, Response
from redis import RedisError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError, SQLAlchemyError

from backend import db, jobs, log
from backend.errors import SviError
from svi.migrate import MIGRATIONS

blueprint = Blueprint("health", __name__, url_prefix="/health")
_log = log.get("health")


@blueprint.get("/live")
def live() -> Response:
    """This process answers."""
    return _plain("live", 200)


@blueprint.get("/ready")
def ready() -> Response:
    """A call would be answered: the database answers, has our schema, and takes rows.

    A Redis that is away delays SMS by some seconds and no call, so it is told and harms nothing.
    """
    wrong = _database()
    if wrong:
        _log.warning("not-ready", why=wrong)
        return _plain(f"not ready: {wrong}", 503)
    return _plain("ready" if _redis_answers() else "ready, without Redis", 200)


def _database() -> str | None:
    """Say what is wrong with the database, None where nothing is."""
    try:
        try:
            return _look()
        except DBAPIError as error:
            if not db.gone(error):
                raise
        return _look()  # the pool's connections may be older than the server
    except ProgrammingError:
        return "the database has no schema: run `svi migrate`"
    except (SQLAlchemyError, SviError) as error:
        return f"the database does not answer ({type(error).__name__})"


def _look() -> str | None:
    with db.engine().connect() as connection:
        if connection.execute(text("select pg_is_in_recovery()")).scalar_one():
            return "the database is a standby"
        if set(connection.execute(text("select version_num from alembic_version")).scalars()) != _wanted():
            return "the database has another schema: run `svi migrate`"
    return None


@cache
def _wanted() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


def _redis_answers() -> bool:
    try:
        return bool(jobs.connection().ping())
    except (RedisError, SviError):
        return False


def _plain(words: str, status: int) -> Response:
    return Response(f"{words}\n", status, content_type="text/plain; charset=utf-8")
