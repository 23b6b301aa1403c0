"""What an administrator keeps: hours and holidays, SMS, tokens."""

from datetime import date

import pytest
from sqlalchemy import select

from backend import audit, messages
from backend.api import tokens
from backend.work import begin
from callcenter import holidays, hours
from tests.console.administering import TEST, actions, secret
from tests.console.conftest import Browser


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_a_day_that_no_calendar_of_ours_reaches_is_none(admin: Browser, day: str) -> None:
    """The page shows today's hours; no holiday is on such a day."""
    assert admin.opens("hours", day=day).status_code == 200
    assert admin.posts("holidays", day=day, name="Fête").status_code == 400


NEW_HOURS = {
    "from": "2024-05-01",
    "days": ["monday", "saturday"],
    "opens": "08:00",
    "midday": "12:00",
    "closes": "18:00",
    "ramadan-opens": "09:00",
    "ramadan-midday": "12:00",
    "ramadan-closes": "14:00",
    "calls-from": "09:00",
    "calls-until": "20:00",
}


def test_hours_change_from_a_day_on_and_what_held_before_stays(admin: Browser) -> None:
    """20 March 2024 is in Ramadan; the change of May is taken back before it holds."""
    assert "09:00" in admin.opens("hours").text
    assert admin.posts("hours", **NEW_HOURS).location.endswith("hours-saved")
    with begin(TEST) as work:
        april, saturday, thursday = (hours.of_day(work, date(2024, *day)) for day in ((4, 15), (5, 4), (5, 2)))
    assert april.span
    assert f"{april.span.closes:%H:%M}" == "16:30"
    assert saturday.span
    assert f"{saturday.span.closes:%H:%M}" == "18:00"
    assert thursday.span is None
    assert "1er mai 2024" in admin.opens("hours").text
    assert admin.posts("hours/2024-05-01/take-back").location.endswith("hours-taken-back")
    assert admin.posts("hours/2024-05-01/take-back").location.endswith("hours-changed")
    assert actions("hours") == [("advisor 1", "hours.changed"), ("advisor 1", "hours.taken-back")]


@pytest.mark.parametrize(
    "change",
    [
        {"from": "2024-03-20"},
        {"from": "hier"},
        {"days": []},
        {"closes": "08:00"},
        {"ramadan-midday": "15:00"},
        {"calls-from": "19:00"},
        {"opens": "25:00"},
    ],
)
def test_hours_that_cannot_be_are_refused(admin: Browser, change: dict[str, object]) -> None:
    """What was filled in stays."""
    answer = admin.posts("hours", **NEW_HOURS | change)
    assert answer.status_code == 400
    assert "Ces horaires ne vont pas" in answer.text


def test_of_two_who_change_hours_of_one_day_the_second_is_told(admin: Browser) -> None:
    """Nothing is overwritten."""
    admin.posts("hours", **NEW_HOURS)
    assert admin.posts("hours", **NEW_HOURS | {"closes": "17:00"}).status_code == 400


def test_a_day_is_looked_up(admin: Browser) -> None:
    """Open with Ramadan's hours, closed for a holiday, closed as each week."""
    assert "Ramadan" in admin.opens("hours", day="2024-03-21").text
    assert "Fête du Trône" in admin.opens("hours", day="2024-07-30").text
    assert "fermé ce jour de la semaine" in admin.opens("hours", day="2024-03-23").text
    assert admin.opens("hours", day="demain").status_code == 200


def test_holidays_are_confirmed_moved_cancelled_and_had_again(admin: Browser) -> None:
    """Each step from what the page showed; somebody who comes late is told."""
    eid = "holidays/2024-04-10"
    assert admin.posts(eid, what="confirm", was="estimated").location.endswith("holiday-saved")
    assert admin.posts(eid, what="confirm", was="estimated").location.endswith("holiday-changed")
    assert admin.posts(eid, what="move", was="confirmed", to="2024-04-09").location.endswith("holiday-saved")
    assert admin.posts("holidays/2024-04-09", what="cancel", was="confirmed").location.endswith("holiday-saved")
    assert admin.posts("holidays/2024-04-09", what="restore", was="cancelled").location.endswith("holiday-saved")
    with begin(TEST) as work:
        kept = holidays.kept(work, 2024, 2024)
    assert date(2024, 4, 9) in kept
    assert date(2024, 4, 10) not in kept
    assert [action for _, action in actions("holiday")][-1] == "holiday.confirmed"


def test_a_closing_day_is_added_with_a_name(admin: Browser) -> None:
    """Once; a script in it is a name."""
    name = "Travaux <script>"
    assert admin.posts("holidays", day="2024-06-03", name=name).location.endswith("holiday-saved")
    assert "Travaux &lt;script&gt;" in admin.opens("hours").text
    assert "déjà férié" in admin.posts("holidays", day="2024-06-03", name=name).text
    assert admin.posts("holidays", day="2024-06-04", name=" ").status_code == 400


def test_an_sms_is_shown_and_switched(admin: Browser) -> None:
    """In both languages, with its segments; said twice it changes nothing; a code can't be switched off."""
    shown = admin.opens("messages/sms-claim-changed").text
    assert "CNSS : votre dossier 100200300" in shown
    assert 'lang="ar"' in shown
    for _ in range(2):
        switched = admin.posts("messages/sms-claim-changed/switch", on="0", reason="liste  fausse")
        assert switched.location.endswith("said=message-off")
    with begin(TEST) as work:
        assert set(messages.off(work)) == {"sms-claim-changed"}
        rows = work.execute(select(audit.audit).where(audit.audit.c.action == "message.off")).all()
    assert [(row.actor, row.reason) for row in rows] == [("1", "liste fausse")]
    assert admin.posts("messages/sms-code/switch", on="0").location.endswith("message-essential")
    admin.posts("messages/sms-claim-changed/switch", on="1")
    with begin(TEST) as work:
        assert not messages.off(work)
    assert admin.posts("messages/nothing/switch", on="0").status_code == 404


@pytest.mark.parametrize("occasion", messages.OCCASIONS)
def test_every_sms_has_a_page(admin: Browser, occasion: str) -> None:
    """Its name, its words with invented values."""
    answer = admin.opens(f"messages/{occasion}")
    assert answer.status_code == 200
    assert "CNSS" in answer.text


def test_a_token_is_shown_once_and_revoked(admin: Browser) -> None:
    """Made with its scopes; a name that is taken, and no scope, are refused."""
    text = secret(admin.posts("system/tokens", name="payroll", scope=["people:read"], days="30").text)
    assert text.startswith("svi_")
    page = admin.opens("system").text
    assert "payroll" in page
    assert text not in page
    assert admin.posts("system/tokens", name="payroll", scope=["people:read"]).status_code == 400
    assert admin.posts("system/tokens", name="other").status_code == 400
    assert tokens.recognise(text)
    assert admin.posts("system/tokens/1/revoke").location.endswith("token-revoked")
    assert admin.posts("system/tokens/1/revoke").location.endswith("token-gone")
    assert tokens.recognise(text) is None
    assert actions("token") == [("advisor 1", "token.added"), ("advisor 1", "token.revoked")]


def test_the_system_is_seen_as_the_doctor_sees_it(admin: Browser) -> None:
    """What is wrong comes first, with how to mend it."""
    page = admin.opens("system").text
    assert "PostgreSQL" in page
    assert page.index("problème") < page.index("en ordre")


@pytest.mark.parametrize("page", ["lists", "accounts", "floor/advisors"])
def test_a_number_larger_than_any_of_ours_is_nobodys(admin: Browser, page: str) -> None:
    """And no fault of the program."""
    assert admin.opens(f"{page}/{10**25}").status_code == 404
