"""What becomes of a talk, in the browser: given away, shared, taken back; and what is said of what came to nothing."""

import re
import time
from datetime import timedelta

import pytest

from backend import jobs
from backend.work import Actor, begin
from callcenter import agents, offers, passwords, presence, pressure
from callcenter.queue import Queue
from exchange.dialler import Call
from tests.console.conftest import PASSWORD, Browser, accepts
from tests.flows.advising import Carrier, Desk, all_tickets, rows

CHANGED = "/console/?said=console-changed"


@pytest.fixture
def talk(samira: Desk, stranger: Call, browser: Browser) -> Call:
    """Have Samira talk to a stranger; return the caller."""
    accepts(browser, samira, stranger)
    return stranger


@pytest.fixture
def mehdi(carrier: Carrier, another: Browser) -> Desk:
    """Have another advisor sign in at another browser; he isn't ready yet."""
    at = Desk(carrier, "m.bennani")
    with begin(Actor("command", "test")) as work:
        passwords.set_password(work, at.id, PASSWORD)
    another.signs_in("m.bennani")
    return at


@pytest.fixture
def consult(talk: Call, mehdi: Desk, carrier: Carrier, browser: Browser, another: Browser) -> Call:
    """Have Samira hold the caller, and ask Mehdi, who is ready, by name; return the caller."""
    carrier.tells_of("participant-hold", talk)
    another.posts("do/ready")
    assert browser.posts("do/ask", to=mehdi.id).location == "/console/"
    return talk


def joins(browser: Browser, at: Desk) -> None:
    """Accept the consult that is offered, and be in the conference."""
    at.offer = int(browser.offer())
    browser.posts("do/accept", offer=at.offer)
    at.joins()


def found(pattern: str, browser: Browser) -> str:
    """Return what a page says, by a pattern."""
    page = browser.opens().text
    said = re.search(pattern, page)
    assert said, page
    return said[1]


def phase(browser: Browser) -> str:
    """Return the phase that a page shows."""
    return found(r'data-phase="([\w-]+)"', browser)


def course(browser: Browser) -> str:
    """Return who hears whom, as a page shows it."""
    return found(r'data-course="([\w-]+)"', browser)


def shown(browser: Browser) -> str:
    """Return the id of the ticket that the buttons of a page are about."""
    return found(r'name="ticket" value="(\d+)"', browser)


@pytest.mark.usefixtures("talk")
def test_whom_a_call_may_go_to_is_named(mehdi: Desk, browser: Browser, another: Browser) -> None:
    """Each subject, with how it stands; who is at work, never oneself; in a page, and without it for script."""
    assert "Aucun autre conseiller" in browser.opens("others/transfer").text
    another.posts("do/ready")
    pressure.forget()
    page = browser.opens("others/transfer").text
    assert f'name="to" value="{mehdi.id}"' in page
    assert "s.alami" not in page.partition("<main")[2]
    assert 'value="claims"' in page
    assert "libres : 1" in page
    fragment = browser.client.get("/console/others/ask", headers={"X-Console": "script"})
    assert "<html" not in fragment.text
    assert 'action="/console/do/ask"' in fragment.text
    assert browser.opens("others/elsewhere").status_code == 404


@pytest.mark.parametrize("way", ["transfer", "ask"])
def test_without_a_talk_there_is_nothing_to_give_away(samira: Desk, browser: Browser, way: str) -> None:
    """The page says that it changed; the script keeps its panel closed."""
    assert samira.state == "ready"
    assert browser.opens(f"others/{way}").location == CHANGED
    assert browser.client.get(f"/console/others/{way}", headers={"X-Console": "script"}).status_code == 409


def test_a_call_goes_to_another_subject_with_its_reason(
    talk: Call, samira: Desk, mehdi: Desk, browser: Browser, another: Browser
) -> None:
    """First in that queue; the first advisor wraps up; the next sees why, and that it was transferred."""
    assert talk.joined
    assert browser.posts("do/transfer", to="claims").location == "/console/"
    (ticket,) = all_tickets()
    assert (ticket.subject, ticket.reason, ticket.tier, ticket.state) == ("claims", "asked", "transferred", "waiting")
    assert samira.state == "wrap-up"
    assert "Concluez votre partie" in browser.opens().text
    another.posts("do/ready")
    page = another.opens().text
    for words in ("dossiers de soins", "la personne a demandé un conseiller", "transféré par un collègue"):
        assert words in page
    assert mehdi.state == "ready"


@pytest.mark.usefixtures("talk")
def test_a_call_goes_to_a_colleague(mehdi: Desk, browser: Browser, another: Browser) -> None:
    """By name, though another advisor would be asked first."""
    another.posts("do/ready")
    browser.posts("do/transfer", to=mehdi.id)
    (ticket,) = all_tickets()
    assert ticket.wanted == mehdi.id
    assert phase(another) == "offer"


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize("way", ["transfer", "ask"])
def test_a_colleague_who_is_gone_is_said(samira: Desk, mehdi: Desk, browser: Browser, way: str) -> None:
    """So is oneself, and nobody; the talk goes on."""
    for whom in (mehdi.id, samira.id, 999_999):
        assert browser.posts(f"do/{way}", to=whom).location == "/console/?said=console-colleague-away"
    for to in ("", "elsewhere", "-1", "9" * 30):
        assert browser.posts(f"do/{way}", to=to).status_code == 400
    assert samira.state == "busy"
    assert len(all_tickets()) == 1


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize(("name", "form"), [("end", {}), ("transfer", {"to": "rights"})])
def test_a_second_click_meets_what_the_first_did(
    samira: Desk, browser: Browser, name: str, form: dict[str, str]
) -> None:
    """Nothing is ended twice, and nothing is said to have gone wrong."""
    ticket = shown(browser)
    for _ in range(2):
        assert browser.posts(f"do/{name}", ticket=ticket, **form).location == "/console/"
    assert samira.state == "wrap-up"
    assert [each.type for each in rows("queue_events")].count("wrap-up") == 1


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize("name", ["hold", "resume", "transfer", "ask", "hand-over", "take-back"])
def test_an_old_page_never_acts_on_another_call(samira: Desk, browser: Browser, name: str) -> None:
    """Its buttons name the call that it showed."""
    another_ticket = int(shown(browser)) + 1
    assert browser.posts(f"do/{name}", ticket=another_ticket, to="claims").location == CHANGED
    assert (samira.state, phase(browser)) == ("busy", "talking")


@pytest.mark.parametrize("name", ["hold", "resume", "transfer", "ask", "hand-over", "take-back", "end"])
def test_without_a_talk_nothing_is_done(samira: Desk, browser: Browser, name: str) -> None:
    """Neither before one, nor in the wrap-up after it, nor by who is asked in and has not got it."""
    assert browser.posts(f"do/{name}", to="claims").location == CHANGED
    assert samira.state == "ready"


@pytest.mark.parametrize("name", ["hold", "resume", "transfer", "ask", "hand-over", "take-back"])
def test_who_is_asked_in_may_only_leave(
    consult: Call, mehdi: Desk, browser: Browser, another: Browser, name: str
) -> None:
    """The call is the other's; so it is of who wraps one up."""
    assert consult.joined
    joins(another, mehdi)
    assert another.posts(f"do/{name}", to="claims").location == CHANGED
    assert (phase(browser), phase(another)) == ("talking", "asked-in")
    another.posts("do/end")
    assert another.posts(f"do/{name}", to="claims").location == CHANGED
    assert (phase(browser), phase(another)) == ("talking", "wrap-up")


def test_a_colleague_is_asked_in_confers_and_has_the_call(
    consult: Call, mehdi: Desk, carrier: Carrier, browser: Browser, another: Browser
) -> None:
    """Each step is worded at both pages; who was asked sees who asks, and the path of the call."""
    assert course(browser) == "asking"
    page = another.opens().text
    for words in ("Un collègue vous demande conseil", "Demandé par", "s.alami", "Menu principal"):
        assert words in page
    joins(another, mehdi)
    assert (course(browser), course(another)) == ("consulting", "consulting")
    assert "Menu principal" in another.opens().text
    carrier.tells_of("participant-unhold", consult)
    assert (course(browser), course(another)) == ("conference", "conference")
    assert browser.posts("do/hand-over").location == "/console/"
    assert (phase(browser), phase(another), course(another)) == ("wrap-up", "talking", "talking")


def test_a_colleague_who_does_not_want_to_is_named(
    consult: Call, mehdi: Desk, carrier: Carrier, browser: Browser, another: Browser
) -> None:
    """The demand stands until it is taken back; the first advisor has the caller again."""
    another.posts("do/reject", offer=another.offer())
    page = browser.opens().text
    assert "m.bennani" in page
    assert "pas pris la demande" in page
    carrier.tells_of("participant-unhold", consult)
    assert browser.posts("do/take-back").location == "/console/"
    assert course(browser) == "talking"
    assert [(each.kind, each.state) for each in all_tickets()] == [("call", "talking"), ("consult", "ended")]
    assert mehdi.state == "ready"


def test_a_demand_is_taken_back_while_the_carrier_is_away(consult: Call, browser: Browser) -> None:
    """Nobody comes any more; that the caller is still on hold is said, to be tried again."""
    assert consult.joined
    assert browser.posts("do/take-back").location == "/console/?said=console-carrier"
    assert course(browser) == "held"
    assert all_tickets()[1].state == "ended"


@pytest.mark.usefixtures("consult")
def test_one_colleague_is_asked_at_a_time(mehdi: Desk, browser: Browser) -> None:
    """A second click asks nobody else; nor is the call given away meanwhile."""
    browser.posts("do/ask", to="claims")
    assert len(all_tickets()) == 2
    assert browser.posts("do/transfer", to="claims").location == CHANGED
    assert browser.posts("do/hand-over").location == CHANGED
    assert mehdi.state == "ready"


def test_of_who_hung_up_the_wrap_up_says_so(talk: Call, samira: Desk, browser: Browser) -> None:
    """And how long there is left for it, with a figure for each of the first nine results."""
    talk.hangs_up()
    page = browser.opens().text
    assert "La personne a raccroché. Concluez l&#39;appel." in page
    with begin(Actor("command", "test")) as work:
        until = agents.require(work, samira.id).since + timedelta(minutes=3)
    assert f'data-until="{until.isoformat()}"' in page
    assert re.findall(r'data-digit="(\d)"', page) == list("123456789")
    browser.posts("do/wrap-up", disposition="cut-off")
    assert samira.state == "ready"


def test_who_was_not_quick_enough_to_wrap_up_is_told(talk: Call, samira: Desk, browser: Browser) -> None:
    """They are not ready, with how to be so again."""
    assert talk.joined
    browser.posts("do/end")
    with begin(Actor("job", "test")) as work:
        work.now += agents.LONGEST_WRAP_UP
        assert presence.end_long_wrap_ups(work) == 1
    page = browser.opens().text
    assert "La conclusion a duré trop longtemps. Rendez-vous disponible" in page
    assert samira.state == "not-ready"


def sweeps(seconds: int) -> None:
    """Have the queue be swept so much later."""
    ahead = Queue(jobs.connection(), clock=lambda: int(time.time() + seconds) * 1000)
    offers.tell(lambda _: ahead.sweep())


def test_an_offer_that_a_sleeping_page_did_not_show_went_elsewhere(
    samira: Desk, stranger: Call, browser: Browser
) -> None:
    """It is said why, and how to be ready again; then no more."""
    assert stranger.question
    sweeps(4)
    page = browser.opens().text
    assert "votre page était en veille" in page
    assert "Rendez-vous disponible" in page
    assert samira.state == "not-ready"
    browser.posts("do/ready")
    assert "en veille" not in browser.opens().text


def test_an_offer_that_nobody_answered_went_elsewhere(samira: Desk, stranger: Call, browser: Browser) -> None:
    """The page showed it for twenty seconds."""
    assert stranger.question
    assert phase(browser) == "offer"
    sweeps(21)
    assert "vingt secondes sans réponse" in browser.opens().text
    assert samira.state == "not-ready"


def test_of_a_caller_who_is_gone_before_the_talk_it_is_said(samira: Desk, stranger: Call, browser: Browser) -> None:
    """The advisor stays ready."""
    offer = browser.offer()
    browser.posts("do/accept", offer=offer)
    stranger.hangs_up()
    assert "La personne a raccroché avant de vous parler" in browser.opens().text
    assert samira.state == "ready"


def test_of_a_caller_who_is_gone_before_the_answer_it_is_said(samira: Desk, stranger: Call, browser: Browser) -> None:
    """So is it while the offer stood."""
    assert browser.offer()
    stranger.hangs_up()
    page = browser.opens().text
    assert "La personne a raccroché avant votre réponse" in page
    assert "Vous restez disponible" in page
    assert samira.state == "ready"
