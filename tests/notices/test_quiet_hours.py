"""What nobody asked for goes between nine and eight in Morocco; codes, and what a caller asked for, at any hour."""

from datetime import UTC, datetime

import pytest

from backend import messages, quiet_hours
from backend.values import Mobile
from backend.work import begin
from svi import delivery
from tests.notices.living import CLOCK, at, promised

pytestmark = pytest.mark.usefixtures("environment")
TO = Mobile("+212661000201")


def utc(text: str) -> datetime:
    """Return an instant of `2024-05-15T08:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def notice(key: str = "1") -> None:
    """Promise a notice."""
    with begin(CLOCK) as work:
        messages.send(work, "sms-claim-document-missing", key, TO, "fr", file="24031800417")


@pytest.mark.parametrize(
    ("promised_at", "due_at"),
    [
        ("2024-05-15T22:00", "2024-05-16T08:00"),  # 23:00 in Morocco, UTC+1
        ("2024-05-15T04:00", "2024-05-15T08:00"),
        ("2024-05-15T07:59:59", "2024-05-15T08:00"),
        ("2024-05-15T08:00", "2024-05-15T08:00"),  # nine sharp
        ("2024-05-15T12:30", "2024-05-15T12:30"),
        ("2024-05-15T18:59:59", "2024-05-15T18:59:59"),
        ("2024-05-15T19:00", "2024-05-16T08:00"),  # eight sharp
        ("2024-03-20T23:00", "2024-03-21T09:00"),  # Ramadan: UTC
        ("2024-03-09T22:00", "2024-03-10T09:00"),  # Ramadan begins in that night
    ],
)
def test_a_notice_is_due_when_quiet_hours_are_over(promised_at: str, due_at: str) -> None:
    """At once between nine and just before eight, Morocco's time, which is another in Ramadan."""
    with at(utc(promised_at)):
        notice()
    (row,) = promised()
    assert row.due_at == utc(due_at)


def test_a_notice_for_later_is_due_no_sooner() -> None:
    """And at the end of the quiet hours that its own instant falls in."""
    with at(utc("2024-05-15T12:00")), begin(CLOCK) as work:
        for key, later in {"day": "2024-05-16T13:00", "night": "2024-05-16T22:00"}.items():
            messages.send(work, "sms-claim-document-missing", key, TO, "fr", not_before=utc(later), file="1")
    assert [row.due_at for row in promised()] == [utc("2024-05-16T13:00"), utc("2024-05-17T08:00")]


def test_codes_and_what_a_caller_asked_for_go_at_any_hour() -> None:
    """Somebody is waiting for them."""
    with at(utc("2024-05-15T22:00")):
        with begin(CLOCK) as work:
            messages.send(work, "sms-code", "code", TO, "fr", code="482913")
            messages.send(work, "sms-registration-number", "number", TO, "fr", number="104228815")
        assert delivery.hand_over(2.0) == 2


def test_a_notice_that_could_not_go_by_day_waits_for_the_morning() -> None:
    """The provider was away, or there were too many: a retry at night would wake people."""
    with at(utc("2024-05-15T18:59:59")):
        notice()
    with at(utc("2024-05-15T19:00")):
        assert delivery.hand_over(2.0) == 0
    with at(utc("2024-05-16T08:00")):
        assert delivery.hand_over(2.0) == 1


def test_the_hours_are_those_of_the_file() -> None:
    """An operator changes them there."""
    hours = quiet_hours.permitted()
    assert (hours.opens.isoformat(), hours.closes.isoformat()) == ("09:00:00", "20:00:00")
