"""Tokens of other systems: made by an operator, shown once, kept as keyed digests, each with the scopes it opens."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upserting
from sqlalchemy.exc import IntegrityError

from backend import audit, clock, db
from backend.db import metadata
from backend.errors import BadInputError
from backend.seal import mac, mac_matches
from backend.work import Actor, Work

SCOPES = {
    "people:read": "Read what is on file of a person: balance, cancellation, AMO, claim files, rights.",
    "feeds:write": "Bring in records of any kind of file.",
    "events:read": "Read the business events.",
}
MINUTE = timedelta(minutes=1)
REFUSALS_A_MINUTE = 30
"""Wrong tokens from one address: from then on it is told to wait. A right token is always let in."""
KEPT = timedelta(hours=1)  # longer than any limit counts

tokens = Table(
    "tokens",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the digest binds it
    Column("name", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),  # to the minute
    Column("revoked_at", DateTime(timezone=True)),
)
Index("tokens_name_key", tokens.c.name, unique=True, postgresql_where=tokens.c.revoked_at.is_(None))
refusals = Table(
    "token_refusals",
    metadata,
    Column("source", LargeBinary, primary_key=True),  # keyed digest of an address
    Column("minute", DateTime(timezone=True), primary_key=True),
    Column("count", Integer, nullable=False),
)
_TEXT = re.compile(r"svi_([0-9]{1,18})_([0-9A-Za-z_-]{43})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_BY_ID = select(tokens).where(tokens.c.id == bindparam("token"))
_USED = update(tokens).where(tokens.c.id == bindparam("token")).values(used_at=bindparam("now"))


@dataclass(frozen=True)
class Token:
    """A token as operators see it; nobody sees its secret again."""

    id: int
    name: str
    scopes: frozenset[str]
    added_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    @property
    def actor(self) -> Actor:
        """Who does what is done with this token."""
        return Actor("machine", self.name)


def add(work: Work, name: str, scopes: Collection[str], life: timedelta | None = None) -> str:
    """Make a token and return its text, which is stored nowhere. Raises BadInputError where the name is taken."""
    if not _NAME.fullmatch(name):
        raise BadInputError("a token's name is up to 63 letters without accents, digits, dots, dashes: payroll-2024")
    if not scopes or not set(scopes) <= SCOPES.keys():
        raise BadInputError(f"a token needs a scope, of {', '.join(SCOPES)}")
    id_, secret = work.execute(select(func.nextval("tokens_id_seq"))).scalar_one(), secrets.token_urlsafe(32)
    row = {
        "id": id_,
        "name": name,
        "scopes": sorted(set(scopes)),
        "digest": mac("token", str(id_), secret),
        "added_at": work.now,
        "expires_at": work.now + life if life else None,
    }
    try:
        work.execute(insert(tokens), row)
    except IntegrityError:
        raise BadInputError(f"there is a token {name!r}: revoke it first, or choose another name") from None
    audit.record(work, "token.added", None, token=id_, name=name)
    return f"svi_{id_}_{secret}"


def every(work: Work) -> list[Token]:
    """Return all tokens, the oldest first, revoked ones too."""
    return [
        Token(row.id, row.name, frozenset(row.scopes), row.added_at, row.expires_at, row.used_at, row.revoked_at)
        for row in work.execute(select(tokens).order_by(tokens.c.id))
    ]


def revoke(work: Work, name: str) -> None:
    """Let a token open nothing any more. Raises BadInputError where none in use has that name."""
    in_use = update(tokens).where(tokens.c.name == name, tokens.c.revoked_at.is_(None))
    revoked = work.execute(in_use.values(revoked_at=work.now).returning(tokens.c.id)).scalar_one_or_none()
    if revoked is None:
        raise BadInputError(f"no token in use is called {name!r}: `svi token list` shows them")
    audit.record(work, "token.revoked", None, token=revoked, name=name)


def recognise(text: str) -> Token | None:
    """Return the token of this text, None where there is none, or it is revoked or expired. Notes its use."""
    if not (parts := _TEXT.fullmatch(text)):
        return None
    with db.statements().connect() as connection:
        row = connection.execute(_BY_ID, {"token": int(parts[1])}).one_or_none()
        if row is None or not mac_matches(row.digest, "token", parts[1], parts[2]):
            return None
        now = clock.now()
        if row.revoked_at or (row.expires_at and row.expires_at <= now):
            return None
        if row.used_at is None or row.used_at < now - MINUTE:
            connection.execute(_USED, {"token": row.id, "now": now})
    return Token(row.id, row.name, frozenset(row.scopes), row.added_at, row.expires_at, row.used_at, row.revoked_at)


def refused(source: str) -> int:
    """Count a wrong token from an address, and return how many came from there in this minute."""
    minute = clock.now().replace(second=0, microsecond=0)
    counted = upserting(refusals).values(source=mac("token-refusals", source), minute=minute, count=1)
    again = counted.on_conflict_do_update(
        index_elements=["source", "minute"], set_={"count": refusals.c.count + 1}
    ).returning(refusals.c.count)
    with db.statements().connect() as connection:
        return int(connection.execute(again).scalar_one())


def erase_old(work: Work) -> int:
    """Delete counts that no limit looks at any more, and return how many."""
    return work.execute(delete(refusals).where(refusals.c.minute < work.now - KEPT)).rowcount
