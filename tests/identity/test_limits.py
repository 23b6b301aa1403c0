"""Failures are counted by caller's number, person, and over all; PostgreSQL keeps count."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from backend import calls, clock, db, failures, identity, log
from backend.identity import CodeSent, TooMany
from backend.seal import mac
from tests.identity.conftest import HICHAM, SALMA, UNKNOWN, age, calling, claim

NUMBER, OTHER = "+212661000777", "+212661000888"


def failed(times: int, from_: str | None, subject: str) -> None:
    """Have calls from a number fail about a person."""
    with calling(from_) as work:
        row = {
            "at": clock.now(),
            "call_id": int(work.actor.reference),
            "caller": calls.caller_digest(from_),
            "subject": bytes.fromhex(subject),
        }
        work.execute(insert(failures.failures), [row] * times)


def subject_of(who: tuple[str, str]) -> str:
    """Return whom a claim is counted as."""
    with calling() as work:
        return claim(work, who).subject


def gets_a_code(who: tuple[str, str], from_: str | None) -> bool:
    """Say whether a new call would get one."""
    with calling(from_) as work:
        sent = identity.send_code(work, claim(work, who), "fr")
        assert isinstance(sent, CodeSent | TooMany)
        return isinstance(sent, CodeSent)


def strangers(count: int) -> list[str]:
    """Return subjects of nobody."""
    return [mac("pair", str(number), "x").hex() for number in range(count)]


def test_twenty_failures_an_hour_of_one_number_whoever_they_are_about() -> None:
    """Then an advisor, also for the honest; another number is served; an hour later so is this one."""
    for stranger in strangers(19):
        failed(1, NUMBER, stranger)
    assert gets_a_code(SALMA, NUMBER)
    failed(1, NUMBER, strangers(20)[19])
    assert not gets_a_code(HICHAM, NUMBER)
    assert gets_a_code(HICHAM, OTHER)
    age(failures.failures, timedelta(minutes=61), "at")
    assert gets_a_code(HICHAM, NUMBER)


def test_callers_without_a_number_share_a_wider_limit() -> None:
    """Sixty: one of them must not lock out all at once."""
    failed(59, None, strangers(1)[0])
    assert gets_a_code(SALMA, None)
    failed(1, None, strangers(2)[1])
    assert not gets_a_code(SALMA, None)
    assert gets_a_code(SALMA, NUMBER)


@pytest.mark.parametrize("who", [SALMA, UNKNOWN])
def test_nine_failures_a_day_about_one_person_whoever_calls(who: tuple[str, str]) -> None:
    """A thief with many numbers gets nine guesses a day; an unknown claim ends alike."""
    subject = subject_of(who)
    for number in range(8):
        failed(1, f"+21266200000{number}", subject)
    assert gets_a_code(who, OTHER)
    failed(1, NUMBER, subject)
    assert not gets_a_code(who, OTHER)
    age(failures.failures, timedelta(hours=23), "at")
    assert not gets_a_code(who, OTHER)
    age(failures.failures, timedelta(hours=2), "at")
    assert gets_a_code(who, OTHER)


def test_three_thousand_failures_an_hour_stop_all(capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever tries with a thousand numbers; the log calls for a person."""
    log.configure("test")
    failed(2999, OTHER, strangers(1)[0])
    assert gets_a_code(SALMA, NUMBER)
    failed(1, OTHER, strangers(1)[0])
    assert not gets_a_code(SALMA, NUMBER)
    assert "failures.over-all" in capfd.readouterr().err


def test_limits_survive_a_restart() -> None:
    """They are rows, in no process's memory."""
    failed(20, NUMBER, strangers(1)[0])
    db.dispose()
    assert not gets_a_code(SALMA, NUMBER)
