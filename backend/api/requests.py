"""Requests that were answered, by the key that their sender gave them: sent again, they get the same answer.

The answer is stored in the transaction that did what was asked: a key that has an answer had its effect, once.
"""

from datetime import timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from backend.api.tokens import Token
from backend.db import metadata
from backend.seal import mac, seal, unseal
from backend.work import Work

KEPT = timedelta(days=2)

requests = Table(
    "requests",
    metadata,
    Column("token_id", BigInteger, ForeignKey("tokens.id"), primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("sha256", LargeBinary, nullable=False),  # of what was asked, body included
    Column("answer", LargeBinary, nullable=False),  # sealed: reasons may name people
    Column("answered_at", DateTime(timezone=True), nullable=False),
    Index(None, "answered_at"),
)
_FOUND = select(requests).where(requests.c.token_id == bindparam("token"), requests.c.key == bindparam("key"))


class KeyReusedError(Exception):
    """The key came with another request before."""


def hold(work: Work, token: Token, key: str) -> bool:
    """Hold a key until this transaction ends, without waiting; False where the same request is being handled."""
    number = int.from_bytes(mac("request", str(token.id), key)[:8], signed=True)
    return bool(work.execute(select(func.pg_try_advisory_xact_lock(number))).scalar_one())


def answered(work: Work, token: Token, key: str, sha256: bytes) -> bytes | None:
    """Return what this very request was answered, None where it wasn't. Raises KeyReusedError."""
    row = work.execute(_FOUND, {"token": token.id, "key": key}).one_or_none()
    if row is None:
        return None
    if row.sha256 != sha256:
        raise KeyReusedError
    return unseal(row.answer, _name(token, key))


def answer(work: Work, token: Token, key: str, sha256: bytes, body: bytes) -> None:
    """Store the answer, with what was done."""
    row = {
        "token_id": token.id,
        "key": key,
        "sha256": sha256,
        "answer": seal(body, _name(token, key)),
        "answered_at": work.now,
    }
    work.execute(insert(requests), row)


def erase_old(work: Work) -> int:
    """Delete answers that nobody asks for any more, and return how many."""
    return work.execute(delete(requests).where(requests.c.answered_at < work.now - KEPT)).rowcount


def _name(token: Token, key: str) -> str:
    return f"requests:{token.id}:{key}"
