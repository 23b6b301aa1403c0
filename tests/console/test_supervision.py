"""The supervisors' pages: the floor and its alarms, what an advisor serves, whether they are there."""

import re
from datetime import timedelta
from functools import partial
from typing import get_args

import pytest
from flask import Flask, render_template
from sqlalchemy import select, update

from backend import clock, db, jobs
from backend.audit import audit
from backend.feeds import KINDS
from backend.wording import Language, written
from backend.work import Actor, begin
from callcenter import agents, alarms, floor
from callcenter.agents import Advisor, Reason
from callcenter.console import supervision
from callcenter.conspicuous import Kind, Often
from callcenter.figures.standing import Standing
from callcenter.floor import Backlog, Floor, Queue, Somebody
from callcenter.supervision import Served
from exchange.dialler import ORIGIN, Call
from tests.conftest import A_WORKING_MORNING, Dial
from tests.console.conftest import Browser, Hire
from tests.flows.advising import Carrier, Desk

DAY = "2024-03-20"
ACTOR = Actor("job", "test")
HOUR = timedelta(hours=1)


@pytest.fixture
def samira(app: Flask) -> Desk:
    """Sign an advisor in; the desk is her telephone."""
    return Desk(Carrier(app))


def calls_in(dial: Dial, number: str = "+212661000777") -> Call:
    """Have somebody wait for an advisor."""
    caller = dial(from_=number, status_url=f"{ORIGIN}/voice/status").keys("2").keys("0")
    return caller.hears("recording").keys("2")


def looks_again() -> None:
    """Let the second go by for which what was seen is kept."""
    floor.forget_all()


def test_an_empty_floor_says_what_will_be_there(karim: Browser) -> None:
    """In each of its parts."""
    page = karim.opens("floor").text
    for words in ("Aucun appel aujourd&#39;hui", "Personne n&#39;est en communication", "Rien à signaler"):
        assert words in page
    assert "Karim Tazi" in page


def test_the_floor_shows_who_waits_who_talks_and_who_is_there(karim: Browser, samira: Desk, dial: Dial) -> None:
    """Queues with how many wait, talks with their advisor, advisors with their state; of callers nothing."""
    samira.talks_to(calls_in(dial))
    calls_in(dial, "+212661000778")
    page = karim.opens("floor").text
    assert "s.alami" in page
    assert f'data-visit="{samira.offer} whisper"' in page
    queue = re.search(r'<tr class="waits">(.*?)</tr>', page, re.DOTALL)
    assert queue
    assert re.findall(r"<span[^>]*>(\d+)</span>", queue[1])[:3] == ["1", "0", "1"]
    assert "661000778" not in page
    fragment = karim.opens("floor/now").text
    assert "<html" not in fragment
    assert fragment.count("data-zone") == 6


def test_a_floor_is_read_once_a_second_for_all(karim: Browser, samira: Desk) -> None:
    """Another look within it shows the same; what a supervisor changes is seen at once."""
    samira.is_ready()
    assert "disponible" in karim.opens("floor/now").text
    with begin(ACTOR) as work:
        work.execute(update(agents.advisors).where(agents.advisors.c.id == samira.id).values(name="Une Autre"))
    assert "Une Autre" not in karim.opens("floor/now").text
    karim.posts(f"floor/advisors/{samira.id}/unready")
    assert "Une Autre" in karim.opens("floor/now").text
    assert samira.state == "not-ready"


def test_an_administrator_sees_the_floor_and_is_in_no_talk(
    hire: Hire, browser: Browser, samira: Desk, dial: Dial
) -> None:
    """They have no telephone."""
    samira.talks_to(calls_in(dial))
    hire("admin", "administrator")
    browser.signs_in("admin")
    page = browser.opens("floor").text
    assert "s.alami" in page
    assert "data-visit" not in page
    assert 'id="line"' not in page


def test_a_long_wait_is_an_alarm_until_somebody_has_seen_it(
    karim: Browser, samira: Desk, dial: Dial, another: Browser, hire: Hire
) -> None:
    """For everybody, and again after a quarter of an hour; it is audited."""
    calls_in(dial)
    with begin(ACTOR) as work:
        work.execute(update(db.metadata.tables["tickets"]).values(queued_at=work.now - timedelta(minutes=3)))
    page = karim.opens("floor").text
    assert "Attente trop longue : autre demande, français." in page
    assert "Personne ne sert cette file : autre demande, français." in page
    key = "longest-wait.other:fr"
    assert f'<li class="alarm" data-alarm="{key}">' in page
    karim.posts("floor/acknowledge", alarm=key)
    hire("second", "supervisor")
    another.signs_in("second")
    assert f'<li class="alarm" data-alarm="{key}">' not in another.opens("floor").text
    assert f'<li data-alarm="{key}">' in another.opens("floor").text
    assert 890 < jobs.connection().ttl(f"{alarms.PREFIX}{key}") <= 900
    with db.engine().connect() as connection:
        seen = connection.execute(select(audit.c.details).where(audit.c.action == "alarm.acknowledged")).scalars()
        assert list(seen) == [{"alarm": key}]
    samira.is_ready()
    looks_again()
    assert "Personne ne sert cette file" not in karim.opens("floor").text


def test_an_alarm_that_there_is_not_is_acknowledged_by_nobody(karim: Browser) -> None:
    """Whatever is posted, nothing is kept of it."""
    for key in ("", "waiting.other:fr", "x" * 5000, "<script>"):
        assert karim.posts("floor/acknowledge", alarm=key).status_code == 303
    assert jobs.connection().keys(f"{alarms.PREFIX}*") == []


@pytest.mark.parametrize(
    ("state", "reason", "minutes", "there"),
    [
        ("not-ready", "break", 19, False),
        ("not-ready", "break", 21, True),
        ("not-ready", "meal", 21, False),
        ("not-ready", "signed-in", 31, True),
        ("ready", None, 600, False),
    ],
)
def test_who_is_not_ready_for_too_long_is_an_alarm(
    karim: Browser, samira: Desk, state: str, reason: str | None, minutes: int, there: bool
) -> None:
    """By the reason that was given."""
    since = clock.now() - timedelta(minutes=minutes)
    with begin(ACTOR) as work:
        row = update(agents.advisors).where(agents.advisors.c.id == samira.id)
        work.execute(row.values(state=state, reason=reason, since=since))
    assert (f'data-alarm="not-ready.{samira.id}"' in karim.opens("floor").text) is there


def test_a_supervisor_is_not_ready_as_long_as_they_supervise(karim: Browser) -> None:
    """That is no alarm."""
    with begin(ACTOR) as work:
        work.execute(update(agents.advisors).values(since=work.now - timedelta(hours=9)))
    assert "Rien à signaler" in karim.opens("floor").text


def test_a_supervisor_with_a_call_of_their_own_is_in_no_other(karim: Browser, samira: Desk, dial: Dial) -> None:
    """Before, and after it, they may be."""
    samira.talks_to(calls_in(dial))
    assert "data-visit" in karim.opens("floor").text
    tickets = db.metadata.tables["tickets"]
    with begin(ACTOR) as work:
        known = agents.by_login(work, "k.tazi")
        assert known
        work.execute(update(tickets).values(advisor_id=known.id))
    looks_again()
    assert "data-visit" not in karim.opens("floor").text


def test_an_advisor_serves_other_queues_and_again_the_ones_before(karim: Browser, samira: Desk) -> None:
    """At once; undone by one button; both are audited."""
    page = karim.opens(f"floor/advisors/{samira.id}").text
    was = re.search(r'name="was" value="([^"]+)"', page)
    assert was
    form = {"was": was[1], "languages": "ar.fr", "level-claims": "1", "level-other": "0"}
    answer = karim.posts(f"floor/advisors/{samira.id}/serves", **form)
    with begin(ACTOR) as work:
        known = agents.require(work, samira.id)
    assert (known.languages, known.skills) == (("ar", "fr"), {"claims": 1})
    page = karim.client.get(answer.location).text
    found = re.search(r'name="was" value="([^"]+)"><input type="hidden" name="to" value="([^"]+)"', page)
    assert found
    karim.posts(f"floor/advisors/{samira.id}/serves", was=found[1], to=found[2])
    with begin(ACTOR) as work:
        known = agents.require(work, samira.id)
    assert str(Served.by(known)) == was[1]


def test_of_two_who_change_an_advisor_the_second_is_told(karim: Browser, samira: Desk) -> None:
    """Nothing of the first one's change is lost; the same change twice is one."""
    with begin(ACTOR) as work:
        was = str(Served.by(agents.require(work, samira.id)))
    path = f"floor/advisors/{samira.id}/serves"
    for _ in range(2):
        assert "supervision-assigned" in karim.posts(path, was=was, languages="fr", **{"level-claims": "2"}).location
    answer = karim.posts(path, was=was, languages="fr", **{"level-rights": "2"})
    assert "console-changed" in answer.location
    with begin(ACTOR) as work:
        assert agents.require(work, samira.id).skills == {"claims": 2}


@pytest.mark.parametrize("was", ["", "fr", "xx_claims-3", "fr_claims-9", "fr_claims-3_claims-2", "<script>"])
def test_what_no_page_of_ours_posted_changes_nothing(karim: Browser, samira: Desk, was: str) -> None:
    """Nor does an account that there is not; a form without languages is told so."""
    with begin(ACTOR) as work:
        before = agents.require(work, samira.id)
    karim.posts(f"floor/advisors/{samira.id}/serves", was=was, languages="fr")
    answer = karim.posts(f"floor/advisors/{samira.id}/serves", was=str(Served.by(before)), languages="de")
    assert "supervision-no-language" in answer.location
    assert karim.opens("floor/advisors/999").status_code == 404
    with begin(ACTOR) as work:
        assert agents.require(work, samira.id) == before


def test_who_is_gone_is_signed_out_with_their_sessions_but_not_in_a_call(
    karim: Browser, hire: Hire, another: Browser, samira: Desk, dial: Dial
) -> None:
    """Their browser meets the sign-in; who has a call open keeps it."""
    mehdi = hire("m.bennani", name="Mehdi Bennani")
    another.signs_in("m.bennani")
    assert "signed-out" in karim.posts(f"floor/advisors/{mehdi}/sign-out").location
    assert another.opens().status_code == 302
    samira.talks_to(calls_in(dial))
    for deed in ("sign-out", "unready"):
        assert "console-changed" in karim.posts(f"floor/advisors/{samira.id}/{deed}").location
    assert samira.state == "busy"


EVERYTHING = Floor(
    at=A_WORKING_MORNING,
    today=A_WORKING_MORNING.date(),
    queues=[Queue("claims", "ar", 12, A_WORKING_MORNING - HOUR, None, 0, None, 0, Standing(20, 20, 2, 0), Standing())],
    people=[
        Somebody(Advisor(1, "a", "L'Une", "advisor", ("fr",), {}, "wrap-up", None, A_WORKING_MORNING - HOUR, 9), None),
        *(
            Somebody(
                Advisor(
                    2, "b", "L'Autre", "advisor", ("fr",), {}, "not-ready", reason, A_WORKING_MORNING - 9 * HOUR, None
                ),
                None,
            )
            for reason in get_args(Reason)
        ),
    ],
    talks=[],
    backlog=Backlog(
        3,
        4,
        50,
        [Often(kind, 1, "L'Une", 30, A_WORKING_MORNING) for kind in get_args(Kind)],
        dict.fromkeys(KINDS, A_WORKING_MORNING - 9999 * HOUR),
    ),
)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_alarm_has_its_words_and_what_to_do(app: Flask, language: Language) -> None:
    """In both languages, whatever it is about."""
    raised = alarms.raised(EVERYTHING)
    assert {each.kind for each in raised} == set(get_args(alarms.Kind))
    for each in raised:
        for message in (f"alarm-{each.kind}", f"alarm-{each.kind}.todo"):
            assert written(language, message, **each.values)
    with app.test_request_context():
        seen = supervision.Seen(EVERYTHING, raised, frozenset(), may_visit=True)
        page = render_template("console/supervision/zones.html", seen=seen, say=partial(written, language))
    assert page.count('<li class="alarm"') == len(raised)
