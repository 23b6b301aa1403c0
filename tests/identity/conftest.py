"""Calls that claim to be somebody, without a telephone: the subjects themselves."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Table, text

from backend import calls, db, identity
from backend.identity import Claim, CodeSent, Insured
from backend.values import BirthDate, IdentityCardDigits, Mobile, OneTimeCode
from backend.work import Actor, Work, begin
from tests.conftest import Texts

SALMA, HICHAM, BRAHIM = ("482913", "14031988"), ("118203", "18091975"), ("560081", "21071965")
UNKNOWN = ("999999", "14031988")


@contextmanager
def calling(from_: str | None = "+212661000777", call: int | None = None) -> Iterator[Work]:
    """Work for a call, a new one unless it is named."""
    with begin(Actor("call", str(call or ""))) as work:
        if call is None:
            id_ = calls.begin_call(work, f"CA{secrets.token_hex(16)}", "vocal-server", from_)
            work.actor = Actor("call", str(id_))
        yield work


def claim(work: Work, who: tuple[str, str]) -> Claim:
    """Claim to be somebody."""
    return identity.claim_registration(work, IdentityCardDigits.parse(who[0]), BirthDate.parse(who[1]))


def code_for(work: Work, who: tuple[str, str], mobile: Mobile | None = None) -> CodeSent:
    """Have a code sent."""
    sent = identity.send_code(work, claim(work, who), "fr", mobile)
    assert isinstance(sent, CodeSent)
    return sent


def check(work: Work, sent: CodeSent, code: str) -> object:
    """Key a code."""
    return identity.check_code(work, sent, OneTimeCode.parse(code))


def wrong(code: str) -> str:
    """Return another code."""
    return f"{(int(code) + 1) % 10**6:06}"


def prove(who: tuple[str, str], texts: Texts, mobile: Mobile | None = None) -> tuple[int, Insured]:
    """Prove to be somebody in a new call; return the call, and who it is now known to be."""
    with calling() as work:
        sent, call = code_for(work, who, mobile), int(work.actor.reference)
    with calling(call=call) as work:
        insured = check(work, sent, texts.code())
    assert isinstance(insured, Insured)
    return call, insured


def age(table: Table, by: timedelta, *columns: str) -> None:
    """Have all rows of a table be so much older."""
    with db.engine().begin() as connection:
        for column in columns:
            connection.execute(text(f"update {table.name} set {column} = {column} - :by"), {"by": by})


Count = Callable[[str], int]


@pytest.fixture(autouse=True)
def people(listed: None) -> None:
    """Have the people of the lists on file."""
    assert listed is None
