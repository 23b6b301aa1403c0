"""An SMS is composed when it is promised, is short, and goes only where and as often as it may."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from backend import messages, people
from backend.messages import LongMessageWarning
from backend.values import Mobile, PersonId
from backend.wording import LANGUAGES, exists

from .promising import TO, promise_code, row, state, working


def test_every_sms_of_the_prompts_has_its_terms_and_the_other_way_round() -> None:
    """The table of occasions and prompts/*/sms.ftl do not drift apart."""
    for language in LANGUAGES:
        listed = (Path("prompts") / language / "sms.ftl").read_text(encoding="utf-8")
        assert set(re.findall(r"^(sms-[a-z-]+) *=", listed, re.MULTILINE)) == set(messages.OCCASIONS)
        assert all(exists(language, occasion) for occasion in messages.OCCASIONS)


def test_a_code_is_valid_for_five_minutes_and_comes_first() -> None:
    """ValidityPeriod 300; nothing goes before it."""
    promise_code()
    found = row("code:1")
    assert (found.validity, found.priority) == (300, 0)
    assert found.ends_at - found.promised_at == timedelta(minutes=5)


def test_a_text_of_three_segments_is_an_error_here_and_is_sent_in_service() -> None:
    """Under test a warning is an error; in service it is logged, and the SMS goes."""
    with pytest.warns(LongMessageWarning, match="3 segments"), working() as work:
        messages.send(work, "sms-registration-number", "long", TO, "fr", number="1" * 400)
    assert state("long") == "queued"


def test_the_daily_limit_counts_a_person_over_all_their_numbers() -> None:
    """A number keyed anew does not begin a new count."""
    with working() as work:
        row_of_person = {
            "cin": "AB1", "cin_digits": "1", "last_name": "A", "first_name": "B", "birth_date": work.today,
            "category": "cpu", "status": "pending",
        }  # fmt: skip
        person = PersonId(work.execute(insert(people.people).returning(people.people.c.id), row_of_person).scalar_one())
    for number in range(messages.MOST_A_DAY + 1):
        with working() as work:
            to = Mobile(f"+2126612345{number:02}")
            messages.send(work, "sms-registration-number", f"n:{number}", to, "fr", person=person, number="104228815")
    assert state(f"n:{messages.MOST_A_DAY - 1}") == "queued"
    assert state(f"n:{messages.MOST_A_DAY}") == "withheld"


def test_the_daily_limit_withholds_no_code() -> None:
    """A caller who was told that a code is on its way gets it; `identity` limits codes, and tells the caller."""
    for number in range(messages.MOST_A_DAY + 1):
        promise_code(f"code:{number}")
    assert state(f"code:{messages.MOST_A_DAY}") == "queued"


def send_to_anybody(key: str) -> bool:
    """Send an information to a number that nobody proved to be theirs, and say whether it goes."""
    with working() as work:
        return isinstance(messages.send(work, "sms-information-portal", key, TO, "fr"), messages.Sent)


def test_a_number_that_is_nobodys_gets_fewer_and_the_sender_is_told(count: Callable[[str], int]) -> None:
    """What is withheld is recorded, and nobody may say that it was sent."""
    went = [send_to_anybody(f"i:{number}") for number in range(messages.MOST_A_DAY_UNIDENTIFIED + 1)]
    assert went == [True] * messages.MOST_A_DAY_UNIDENTIFIED + [False]
    assert state(f"i:{messages.MOST_A_DAY_UNIDENTIFIED}") == "withheld"
    assert count("outbox") == len(went)


def test_many_calls_at_once_get_no_more() -> None:
    """They take turns, each counting what the one before promised."""
    first = send_to_anybody("i:first")
    with ThreadPoolExecutor(8) as calls:
        went = list(calls.map(send_to_anybody, (f"i:{number}" for number in range(24))))
    assert sum([first, *went]) == messages.MOST_A_DAY_UNIDENTIFIED
