"""Bringing in the lists that administrators gave in: one at a time, by the process that has the file before it.

Killed at any moment, the next one goes on where it was: an import by its own row, a campaign by how many of its numbers
were looked at, and nobody is told twice.
"""

from collections.abc import Callable
from functools import partial

from backend import db, feeds, log
from backend.errors import BadInputError, SviError
from backend.feeds import campaigns, imports, uploads
from backend.feeds.imports import Progress
from backend.feeds.uploads import CAMPAIGN, Upload
from backend.work import Actor, begin

_ACTOR = Actor("job", "uploads")
_log = log.get("uploading")


class StoppedError(SviError):
    """The list was cancelled, or this process is to end."""


def bring_in_next(is_over: Callable[[], bool]) -> bool:
    """Bring in the next list that lies here, and say whether there was one; give up once `is_over` says so."""
    with begin(_ACTOR) as work:
        found = uploads.next_here(work)
        free = found is not None and (found.kind == CAMPAIGN or imports.alone_at_once(work))
        begun = found is not None and free and uploads.begin_one(work, found.id)
    if found is None or not begun:
        return False
    actor = _on_behalf_of(found)
    try:
        (_tell if found.kind == CAMPAIGN else _import)(found, actor, partial(_go_on, actor, found, is_over))
        _end(actor, found)
    except imports.BusyError:
        return False
    except StoppedError:
        _forget_cancelled(actor, found)
    except BadInputError as error:
        _end(actor, found, why=str(error).replace(str(found.path), found.name))
    except Exception as error:  # the edge of a list: one that fails must not hold up those after it
        if db.gone(error) or db.conflicted(error):
            raise
        _end(actor, found, why=type(error).__name__)
    with begin(_ACTOR) as work:
        uploads.erase(work)
    return True


def _import(found: Upload, actor: Actor, go_on: Callable[[Progress], None]) -> None:
    feeds.run_import(found.kind, found.path, go_on, actor=actor)


def _tell(found: Upload, actor: Actor, go_on: Callable[..., None]) -> None:
    numbers = campaigns.numbers(found.path)
    name, counts = found.sha256.hex()[:12], found.counts
    for first in range(found.lines_done, len(numbers), campaigns.AT_ONCE):
        some = numbers[first : first + campaigns.AT_ONCE]
        with begin(actor) as work:
            counts += campaigns.tell(work, name, some)
            done = first + len(some)
            progress = Progress(done, found.bytes * done // len(numbers), found.bytes, counts)
            uploads.advance(work, found.id, progress, done)
        go_on(progress, done)


def _go_on(actor: Actor, found: Upload, is_over: Callable[[], bool], progress: Progress, done: int = 0) -> None:
    with begin(actor) as work:
        wanted = uploads.advance(work, found.id, progress, done)
    if not wanted or is_over():
        raise StoppedError


def _end(actor: Actor, found: Upload, *, why: str = "") -> None:
    if why:
        _log.warning("upload.failed", upload=found.id)
    with begin(actor) as work:
        uploads.end(work, found.id, why=why)


def _forget_cancelled(actor: Actor, found: Upload) -> None:
    """Have a cancelled list begin afresh if it is ever given in again; one that was only interrupted goes on."""
    with begin(actor) as work:
        if uploads.find(work, found.id).state == "cancelled":
            imports.forget(work, found.kind, found.sha256)


def _on_behalf_of(found: Upload) -> Actor:
    """Return who confirmed the list: what it changes is theirs."""
    kind, _, reference = (found.confirmed_by or "").partition(" ")
    if kind == "advisor":
        return Actor("advisor", reference, f"upload {found.id}")
    return Actor("job", "uploads", f"upload {found.id}")
