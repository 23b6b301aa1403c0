"""An operator stops an occasion's SMS, and lets them go again; a person gets few notices a day."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from backend import db, messages, notices, outbox
from backend.audit import audit
from backend.errors import BadInputError
from backend.telephony import Later
from backend.values import Mobile, PersonId
from backend.work import begin
from svi.cli import svi
from svi.clock import sweep_outbox
from tests.feeds.lists import Import
from tests.notices.living import CLOCK, promised, run

pytestmark = pytest.mark.usefixtures("environment")
TO = Mobile("+212661000201")
PAID = {"status": "paid", "status_date": "2024-03-01"}


def command(*words: str) -> Result:
    """Run `svi messages …`."""
    return CliRunner().invoke(svi, ["messages", *words])


def send(key: str, occasion: str = "sms-claim-document-missing", to: Mobile = TO) -> str:
    """Promise an SMS, and return the state of its promise."""
    with begin(CLOCK) as work:
        if occasion == "sms-registration-number":
            messages.send(work, "sms-registration-number", key, to, "fr", number="104228815")
        else:
            messages.send(work, "sms-claim-document-missing", key, to, "fr", file="24031800417")
    return str(promised()[-1].state)


def test_what_is_switched_off_is_withheld_and_recorded_so(hicham: PersonId, feed: Import) -> None:
    """Nothing is left of what it would have said; other occasions go."""
    assert command("off", "sms-claim-changed").exit_code == 0
    feed("claims", {})
    feed("claims", PAID)
    run(notices.tell_of_claims)
    (row,) = promised()
    assert (row.state, row.payload, row.person_id) == ("withheld", None, hicham)
    assert send("1") == "queued"
    assert command("on", "sms-claim-changed").exit_code == 0
    run(notices.tell_of_claims)
    assert [row.state for row in promised()] == ["withheld", "queued"]


def test_what_waits_for_the_morning_is_withheld_too() -> None:
    """Who switches off at night wants nobody to get it at nine; what is gone is gone."""
    assert send("1") == "queued"
    assert send("2", "sms-registration-number") == "queued"
    assert "1 that waited" in command("off", "sms-claim-document-missing").output
    assert [row.state for row in promised()] == ["withheld", "queued"]
    assert promised()[0].payload is None


def test_what_was_being_sent_and_could_not_go_is_withheld() -> None:
    """The provider was away while an operator switched off: it is not tried again."""
    send("1", "sms-registration-number")
    with begin(CLOCK) as work:
        (attempt,) = outbox.claim(work, 1)
    assert "0 that waited" in command("off", "sms-registration-number").output
    with begin(CLOCK) as work:
        outbox.settle(work, attempt, Later(timedelta(microseconds=1)))
    assert [row.state for row in promised()] == ["queued"]
    with begin(CLOCK) as work:
        assert outbox.claim(work, 1) == []
    (row,) = promised()
    assert (row.state, row.payload, row.attempts) == ("withheld", None, 1)


def test_what_was_promised_while_an_operator_switched_off_is_withheld() -> None:
    """It read « on » before the switch; what is due behind it goes."""
    with begin(CLOCK) as promising:
        messages.send(promising, "sms-registration-number", "1", TO, "fr", number="104228815")
        command("off", "sms-registration-number")
    send("2", "sms-claim-document-missing")
    with begin(CLOCK) as work:
        work.execute(update(outbox.outbox).values(due_at=work.now))
    with begin(CLOCK) as work:
        assert [attempt.key for attempt in outbox.claim(work, 1)] == ["2"]
    assert [row.state for row in promised()] == ["withheld", "sending"]


def test_the_clock_ends_what_a_command_that_died_began() -> None:
    """The switch holds from its commit: those that wait are withheld, whoever comes to it."""
    send("1")
    with begin(CLOCK) as work:
        messages.switch(work, "sms-claim-document-missing", on=False)
    assert [row.state for row in promised()] == ["queued"]
    sweep_outbox()
    assert [row.state for row in promised()] == ["withheld"]


def test_answers_to_a_caller_can_be_switched_off_too() -> None:
    """Each occasion has its switch."""
    command("off", "sms-registration-number")
    assert send("1", "sms-registration-number") == "withheld"
    command("on", "sms-registration-number")
    assert send("2", "sms-registration-number") == "queued"


@pytest.mark.parametrize(
    ("occasion", "why"), [("sms-code", "can't be switched off: it holds a code"), ("sms-x", "there is no message")]
)
def test_codes_cannot_be_switched_off(occasion: str, why: str) -> None:
    """Without them nobody could prove who they are; the error says so, and how to find a name."""
    for word in ("off", "on"):
        result = command(word, occasion)
        assert isinstance(result.exception, BadInputError)
        assert why in str(result.exception)


def test_the_list_shows_every_message_with_its_switch() -> None:
    """And since when it is off."""
    command("off", "sms-claim-changed")
    lines = {line.split()[0]: line for line in command("list").output.splitlines()[1:]}
    assert set(lines) == set(messages.OCCASIONS)
    assert " off since 20" in lines["sms-claim-changed"]
    assert lines["sms-code"].split()[1:] == ["code", "–", "on"]
    assert lines["sms-contribution-due"].split()[1:] == ["notice", "3", "on"]


def test_a_switch_is_audited_with_its_reason() -> None:
    """Once: switching off what is off changes nothing."""
    for _ in range(2):
        command("off", "sms-claim-changed", "--reason", "a wrong list was imported")
    command("on", "sms-claim-changed")
    with db.engine().connect() as connection:
        rows = connection.execute(select(audit).where(audit.c.action.like("message.%")).order_by(audit.c.id)).all()
    assert [(row.action, row.actor_kind, row.reason) for row in rows] == [
        ("message.off", "command", "a wrong list was imported"),
        ("message.on", "command", ""),
    ]
    assert rows[0].details == {"occasion": "sms-claim-changed"}


def test_a_person_gets_three_notices_a_day(hicham: PersonId, feed: Import) -> None:
    """The fourth is recorded as withheld; what they ask for themselves has a limit of its own."""
    files = [{"file_number": str(n)} for n in range(messages.MOST_NOTICES_A_DAY + 1)]
    feed("claims", *files)
    feed("claims", *(file | PAID for file in files))
    run(notices.tell_of_claims)
    assert [row.state for row in promised()] == ["queued"] * 3 + ["withheld"]
    assert send("mine", "sms-registration-number") == "queued"
    assert hicham


def test_a_number_gets_three_notices_a_day() -> None:
    """Whoever they are about: a family may share a telephone."""
    assert [send(f"{n}") for n in range(4)] == ["queued"] * 3 + ["withheld"]
    assert send("another", to=Mobile("+212661000202")) == "queued"
