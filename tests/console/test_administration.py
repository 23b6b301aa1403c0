"""What an administrator keeps: accounts, hours and holidays, SMS, tokens."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from backend import audit, messages
from backend.api import tokens
from backend.work import Actor, begin
from callcenter import accounts, agents, holidays, hours, passwords, presence, sessions
from callcenter.accounts import RefusedError
from tests.console.conftest import PASSWORD, Browser, Hire

TEST = Actor("command", "test")
FILLED = {"name": "Nadia Idrissi", "role": "advisor", "first": "fr", "second": "", "skill-claims": "3"}


@pytest.fixture
def admin(hire: Hire, browser: Browser) -> Browser:
    """Return a browser in which an administrator, number 1, is signed in."""
    hire("admin", "administrator", "Aïcha Admin")
    browser.signs_in("admin")
    return browser


def actions(of: str) -> list[tuple[str, str]]:
    """Return who did what, of the actions that begin so."""
    with begin(TEST) as work:
        rows = work.execute(select(audit.audit).where(audit.audit.c.action.startswith(of)).order_by(audit.audit.c.id))
        return [(f"{row.actor_kind} {row.actor}", row.action) for row in rows]


def seen(browser: Browser, advisor: int) -> str:
    """Return what the form of an account says of what it showed."""
    found = re.search(r'name="seen" value="(\w+)"', browser.opens(f"accounts/{advisor}").text)
    assert found
    return found[1]


def secret(text: str) -> str:
    """Return what is shown once."""
    found = re.search(r"<code>([^<]+)</code>", text)
    assert found, text
    return found[1]


def test_an_account_is_opened_with_a_password_that_must_be_changed(admin: Browser, another: Browser) -> None:
    """The administrator reads it once; with it, nothing opens but its own change."""
    shown = admin.posts("accounts", login="N.Idrissi", **FILLED)
    password = secret(shown.text)
    assert "n.idrissi" in shown.text
    assert password not in admin.opens("accounts").text
    another.signs_in("n.idrissi", password)
    assert another.opens().location == "/console/account"
    assert another.posts("do/ready").location == "/console/account"
    new = {"present": password, "new": "cinq mots plus longs", "again": "cinq mots plus longs"}
    assert another.posts("account/password", **new | {"present": "autre"}).status_code == 400
    assert another.posts("account/password", **new | {"again": "cinq mots différents"}).status_code == 400
    assert another.posts("account/password", **new | {"new": "court", "again": "court"}).status_code == 400
    assert another.posts("account/password", **new).status_code == 303
    assert another.opens().status_code == 200
    assert ("advisor 1", "advisor.added") in actions("advisor")


def test_who_comes_in_by_the_provider_needs_no_other_password(admin: Browser, another: Browser) -> None:
    """The one that an administrator read opens nothing for them, and holds nothing up."""
    secret(admin.posts("accounts", login="n.idrissi", **FILLED).text)
    with begin(Actor("command", "test")) as work:
        known = agents.by_login(work, "n.idrissi")
        assert known
        another.client.set_cookie("svi-session", sessions.open_session(work, known.id, by_provider=True))
        presence.sign_in(work, known.login)
    assert another.opens().status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_a_day_that_no_calendar_of_ours_reaches_is_none(admin: Browser, day: str) -> None:
    """The page shows today's hours; no holiday is on such a day."""
    assert admin.opens("hours", day=day).status_code == 200
    assert admin.posts("holidays", day=day, name="Fête").status_code == 400


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": "admin"}, "déjà pris"),
        ({"login": "é"}, "ne convient pas"),
        ({"name": " "}, "de 1 à 80"),
        ({"first": ""}, "au moins une langue"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_what_was_typed_stays(
    admin: Browser, change: dict[str, str], words: str
) -> None:
    """With the reason, in the page's language."""
    answer = admin.posts("accounts", **{"login": "n.idrissi"} | FILLED | change)
    assert answer.status_code == 400
    assert words in answer.text
    assert 'value="Nadia Idrissi"' in answer.text or "name" in change


def test_an_account_that_is_opened_twice_is_there_once(admin: Browser) -> None:
    """By a double click, or by two administrators: the second is told, and led to another one-time password."""
    first = secret(admin.posts("accounts", login="n.idrissi", **FILLED).text)
    again = admin.posts("accounts", login="N.Idrissi", **FILLED)
    assert again.status_code == 400
    (page,) = re.findall(r'class="button main" href="/console/(accounts/\d+)"', again.text)
    assert secret(admin.posts(f"{page}/password").text) != first


def test_two_who_open_an_account_at_once_open_one(app: Flask) -> None:
    """Nothing fails; whoever is second is told that it is there."""
    assert app.name
    wanted = accounts.Wanted("Nadia", "advisor", ("fr",), {})

    def opens(_: int) -> str:
        try:
            with begin(TEST) as work:
                accounts.add(work, "n.idrissi", wanted)
        except RefusedError as refused:
            return refused.why
        return "opened"

    with ThreadPoolExecutor(4) as at_once:
        assert sorted(at_once.map(opens, range(4))) == ["opened", "taken", "taken", "taken"]


def test_an_account_is_changed_but_not_over_somebody_elses_change(admin: Browser, hire: Hire) -> None:
    """Whoever saves second is told, and sees what it is now."""
    nadia = hire("n.idrissi", "advisor", "Nadia")
    before = seen(admin, nadia)
    assert admin.posts(f"accounts/{nadia}", seen=before, **FILLED).location.endswith("account-saved")
    late = admin.posts(f"accounts/{nadia}", seen=before, **FILLED | {"name": "Autre"})
    assert late.status_code == 400
    assert "vient de changer" in late.text
    with begin(TEST) as work:
        known = agents.require(work, nadia)
    assert (known.name, known.skills, known.languages) == ("Nadia Idrissi", {"claims": 3}, ("fr",))


def test_a_name_is_text_and_nothing_else(admin: Browser, hire: Hire) -> None:
    """An apostrophe, Arabic, and what would be a script."""
    name = "<script>alert(1)</script> L'Alami العلوي"
    advisor = hire("x.essai", "advisor", name)
    for page in ("accounts", f"accounts/{advisor}"):
        text = admin.opens(page).text
        assert "<script>alert" not in text
        assert "العلوي" in text


def test_an_account_is_closed_and_opened_again(admin: Browser, another: Browser, hire: Hire) -> None:
    """Closed it opens nothing; opened again it has another one-time password."""
    nadia = hire("n.idrissi", "auditor", "Nadia")
    another.signs_in("n.idrissi")
    assert admin.posts(f"accounts/{nadia}/close").location.endswith("account-closed")
    assert admin.posts(f"accounts/{nadia}/close").location.endswith("account-gone")
    assert another.opens("log").status_code == 302
    assert another.signs_in("n.idrissi").status_code == 401
    password = secret(admin.posts(f"accounts/{nadia}/reopen").text)
    assert admin.posts(f"accounts/{nadia}/reopen").location.endswith("account-changed")
    assert another.signs_in("n.idrissi").status_code == 401
    assert another.signs_in("n.idrissi", password).status_code == 303


def test_who_is_at_work_is_not_closed(admin: Browser, another: Browser, hire: Hire) -> None:
    """Nor does an advisor at work become one who answers no calls."""
    nadia = hire("n.idrissi", "advisor", "Nadia")
    another.signs_in("n.idrissi")
    assert admin.posts(f"accounts/{nadia}/close").location.endswith("account-signed-in")
    changed = admin.posts(f"accounts/{nadia}", seen=seen(admin, nadia), **FILLED | {"role": "auditor"})
    assert "est au travail" in changed.text


def test_the_last_administrator_stays_one(admin: Browser, hire: Hire) -> None:
    """By closing, or by another role; with a second one, either may go."""
    assert admin.posts("accounts/1/close").location.endswith("account-last")
    demoted = FILLED | {"role": "auditor"}
    assert "dernier administrateur" in admin.posts("accounts/1", seen=seen(admin, 1), **demoted).text
    hire("second", "administrator", "Second")
    assert admin.posts("accounts/1", seen=seen(admin, 1), **demoted).location.endswith("account-saved")
    assert admin.opens("accounts").status_code == 403


def test_what_somebody_lost_is_reset(admin: Browser, another: Browser, hire: Hire) -> None:
    """The password, the telephone of the second factor, sessions left open elsewhere."""
    nadia = hire("n.idrissi", "auditor", "Nadia")
    another.signs_in("n.idrissi")
    assert admin.posts(f"accounts/{nadia}/sessions").location.endswith("sessions-ended")
    assert another.opens("log").status_code == 302
    password = secret(admin.posts(f"accounts/{nadia}/password").text)
    assert another.signs_in("n.idrissi", PASSWORD).status_code == 401
    assert another.signs_in("n.idrissi", password).status_code == 303
    with begin(TEST) as work:
        work.execute(agents.advisors.update().where(agents.advisors.c.id == nadia).values(totp=b"sealed"))
    assert admin.posts(f"accounts/{nadia}/factor").location.endswith("factor-gone")
    with begin(TEST) as work:
        assert work.execute(select(agents.advisors.c.totp).where(agents.advisors.c.id == nadia)).scalar_one() is None
    assert ("advisor 1", "advisor.second-factor") in actions("advisor")


def test_one_time_passwords_are_never_alike() -> None:
    """And long enough to be a password."""
    made = {passwords.one_time() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) >= passwords.SHORTEST for each in made)


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
