"""Lists that an administrator gave in by the console: one row each, from the look at it to its end.

    received → confirmed → running → ended | failed        (cancelled, from any of the first three)

The file itself lies in `SVI_HOME/uploads`, readable by its owner alone: a process of that machine brings it in, and
after a kill goes on where it was (`svi.uploading`). It is erased at the end; what it was rejected for a week later.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)

from backend import audit
from backend.db import metadata
from backend.errors import BadInputError
from backend.feeds import rejected
from backend.feeds.catalogue import KINDS, kind_named
from backend.feeds.imports import Counts, Progress
from backend.feeds.looking import Look
from backend.feeds.reading import Source
from backend.seal import seal, unseal
from backend.settings import settings
from backend.work import Work

State = Literal["received", "confirmed", "running", "ended", "cancelled", "failed"]
OPEN: tuple[State, ...] = ("received", "confirmed", "running")
CAMPAIGN = "campaign"
"""A list of registration numbers to be sent the campaign's SMS: handled as lists are."""
LARGEST = 1024**3  # bytes: the three million people of a country, twice
LONGEST_NAME = 120
UNCONFIRMED_KEPT = timedelta(days=1)
REJECTS_KEPT = timedelta(days=7)
_PIECE = 1024 * 1024

uploads = Table(
    "uploads",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("state", Text, nullable=False, server_default="received"),
    Column("why", Text, nullable=False, server_default=""),
    Column("bytes_done", BigInteger, nullable=False, server_default="0"),
    Column("lines_done", Integer, nullable=False, server_default="0"),  # of a campaign: numbers that were looked at
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("added", "changed", "unchanged")),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column("received_by", Text, nullable=False),  # kind and reference of the actor
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_by", Text),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("rejects_erased_at", DateTime(timezone=True)),
    Column("look", LargeBinary),  # sealed, until it is confirmed or cancelled: reasons quote what is in rows
    CheckConstraint("state in ({})".format(", ".join(f"'{state}'" for state in get_args(State))), name="state"),
    Index("uploads_open_idx", "id", postgresql_where=text("state in ('received', 'confirmed', 'running')")),
)


@dataclass(frozen=True)
class Checked:
    """A file that can be looked at: its lines, the header's included, and what tells it from any other."""

    sha256: bytes
    bytes: int
    lines: int


@dataclass(frozen=True)
class Upload:
    """A list as far as it is. Of a campaign, added are those who were told, unchanged withheld, rejected unknown."""

    id: int
    kind: str
    name: str
    sha256: bytes
    bytes: int
    lines: int
    state: State
    why: str
    bytes_done: int
    lines_done: int
    counts: Counts
    received_by: str
    received_at: datetime
    confirmed_by: str | None
    ended_at: datetime | None
    rejects_erased_at: datetime | None
    look: Look | None
    """What was seen of it when it was given in, until somebody decided."""

    @property
    def path(self) -> Path:
        """Where the file is until it is erased."""
        return folder() / f"{self.id}.list"

    @property
    def rejects(self) -> Path:
        """Where its rejected rows are, if there are any, for a week."""
        return rejected.path_of(self.path)


def folder() -> Path:
    """Return where lists lie until their end: nobody else on this machine reads it."""
    found = settings().svi_home / "uploads"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def check(kind: str, path: Path) -> Checked:
    """Look whether a file may be one of a kind, by its header. Raises BadInputError, which says what is wrong.

    Of a campaign each line must be a registration number; that is seen by who reads it (`campaigns.numbers`).
    """
    if kind in KINDS:
        chosen = kind_named(kind)
        Source(path, chosen.columns, chosen.required)
    elif kind != CAMPAIGN:
        raise BadInputError(f"{kind!r} is no kind of list")
    digest, lines, last = hashlib.sha256(), 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            lines, last = lines + piece.count(b"\n"), piece
    return Checked(digest.digest(), path.stat().st_size, lines + (not last.endswith(b"\n")))


def receive(work: Work, kind: str, name: str, checked: Checked, look: Look, came: Path) -> Upload:
    """Take in a list that was checked and looked at: nothing is done with it before it is confirmed."""
    row = {
        "kind": kind,
        "name": name[-LONGEST_NAME:],
        "sha256": checked.sha256,
        "bytes": checked.bytes,
        "lines": checked.lines,
        "received_by": _by(work),
        "received_at": work.now,
    }
    id_ = int(work.execute(insert(uploads).values(row).returning(uploads.c.id)).scalar_one())
    sealed = seal(look.packed(), _look_of(id_))
    kept = update(uploads).where(uploads.c.id == id_).values(look=sealed).returning(uploads)
    taken = _upload(work.execute(kept).one())
    came.rename(taken.path)
    audit.record(work, "upload.received", None, upload=taken.id, kind=kind)
    return taken


def find(work: Work, upload: int) -> Upload:
    """Return a list. Raises BadInputError where there is none."""
    row = work.execute(select(uploads).where(uploads.c.id == upload)).one_or_none()
    if row is None:
        raise BadInputError(f"there is no list {upload}")
    return _upload(row)


def still_open(work: Work, *, campaigns: bool) -> list[Upload]:
    """Return the lists, or the campaigns, that have not ended, the oldest first."""
    mine = uploads.c.kind == CAMPAIGN if campaigns else uploads.c.kind != CAMPAIGN
    return [_upload(row) for row in work.execute(select(uploads).where(_in(*OPEN), mine).order_by(uploads.c.id))]


def over(work: Work, limit: int, *, campaigns: bool) -> list[Upload]:
    """Return the lists, or the campaigns, that have ended some way, the newest first."""
    mine = uploads.c.kind == CAMPAIGN if campaigns else uploads.c.kind != CAMPAIGN
    found = select(uploads).where(~_in(*OPEN), mine).order_by(uploads.c.id.desc()).limit(limit)
    return [_upload(row) for row in work.execute(found)]


def confirm(work: Work, upload: int) -> bool:
    """Have a list brought in; say whether it was waiting for that."""
    values = {"confirmed_by": _by(work), "confirmed_at": work.now}
    return _move(work, upload, "confirmed", ("received",), **values)


def cancel(work: Work, upload: int) -> bool:
    """Bring in nothing (more) of a list; say whether it was open. What is in stays in."""
    if not _move(work, upload, "cancelled", OPEN, ended_at=work.now):
        return False
    found = find(work, upload)
    if not found.confirmed_by:
        work.after_commit(partial(found.path.unlink, missing_ok=True))
    return True


def next_here(work: Work) -> Upload | None:
    """Return the oldest list that was confirmed, has not ended, and lies on this machine."""
    waiting = select(uploads).where(_in("confirmed", "running")).order_by(uploads.c.id)
    return next((found for row in work.execute(waiting) if (found := _upload(row)).path.exists()), None)


def begin_one(work: Work, upload: int) -> bool:
    """Say that a list is being brought in; whether it still may be."""
    begun = update(uploads).where(uploads.c.id == upload, _in("confirmed", "running")).values(state="running")
    return bool(work.execute(begun).rowcount)


def advance(work: Work, upload: int, progress: Progress, lines_done: int = 0) -> bool:
    """Note how far a list is, and say whether to go on: not once it was cancelled."""
    counts = progress.counts
    values = {
        "bytes_done": progress.bytes_done,
        "lines_done": lines_done,
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
    }
    mine = update(uploads).where(uploads.c.id == upload).values(values).returning(uploads.c.state)
    return bool(work.execute(mine).scalar_one() == "running")


def end(work: Work, upload: int, *, why: str = "") -> None:
    """Note that a list has ended, or failed for a reason; its file is erased."""
    state: State = "failed" if why else "ended"
    _move(work, upload, state, ("running",), ended_at=work.now, why=why)


def erase(work: Work) -> int:
    """Erase files that are no longer needed: of lists that have ended, of nobody's; cancel what nobody confirmed."""
    old = select(uploads.c.id).where(_in("received"), uploads.c.received_at < work.now - UNCONFIRMED_KEPT)
    for upload in work.execute(old).scalars().all():
        cancel(work, upload)
    kept = {found.path for found in map(_upload, work.execute(select(uploads).where(_in(*OPEN))))}
    lately = select(uploads).where(~_in(*OPEN), uploads.c.ended_at >= work.now - REJECTS_KEPT)
    kept |= {found.rejects for found in map(_upload, work.execute(lately))} | {rejected.path_of(path) for path in kept}
    gone = update(uploads).where(~_in(*OPEN), uploads.c.ended_at < work.now - REJECTS_KEPT)
    work.execute(gone.where(uploads.c.rejects_erased_at.is_(None)).values(rejects_erased_at=work.now))
    lost = [path for path in folder().iterdir() if path not in kept and (_is_over(work, path) or _is_old(work, path))]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _is_over(work: Work, path: Path) -> bool:
    """Say whether a file is of a list that has ended; of one that is being received there is no row to be seen yet."""
    number = path.name.partition(".")[0]
    mine = select(uploads.c.id).where(~_in(*OPEN), uploads.c.id == int(number)) if number.isdecimal() else None
    return mine is not None and work.execute(mine).first() is not None


def _is_old(work: Work, path: Path) -> bool:
    """Say whether a file that no row knows is not just being received."""
    try:
        return path.stat().st_mtime < (work.now - UNCONFIRMED_KEPT).timestamp()
    except FileNotFoundError:
        return False


def _move(work: Work, upload: int, state: State, from_states: tuple[State, ...], **values: Any) -> bool:
    moved = update(uploads).where(uploads.c.id == upload, _in(*from_states)).values(state=state, look=None, **values)
    if not work.execute(moved).rowcount:
        return False
    audit.record(work, f"upload.{state}", None, upload=upload)
    return True


def _in(*states: State) -> ColumnElement[bool]:
    return uploads.c.state.in_(states)


def _by(work: Work) -> str:
    return f"{work.actor.kind} {work.actor.reference}"


def _upload(row: Row[Any]) -> Upload:
    return Upload(
        id=row.id,
        kind=row.kind,
        name=row.name,
        sha256=row.sha256,
        bytes=row.bytes,
        lines=row.lines,
        state=row.state,
        why=row.why,
        bytes_done=row.bytes_done,
        lines_done=row.lines_done,
        counts=Counts(row.added, row.changed, row.unchanged, row.rejected),
        received_by=row.received_by,
        received_at=row.received_at,
        confirmed_by=row.confirmed_by,
        ended_at=row.ended_at,
        rejects_erased_at=row.rejects_erased_at,
        look=Look.unpacked(unseal(row.look, _look_of(row.id))) if row.look else None,
    )


def _look_of(upload: int) -> str:
    return f"uploads.look:{upload}"
