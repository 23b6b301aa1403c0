"""The page at work: an offer with all that is known, the talk, the wrap-up; twice, late, and another's."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text, update

from backend import db
from backend.people import people
from backend.seal import unseal
from backend.work import Actor, begin
from callcenter import cases, passwords
from exchange.dialler import Call
from tests.conftest import forget
from tests.console.conftest import PASSWORD, Browser, accepts
from tests.flows.advising import Carrier, Desk, rows

Count = Callable[[str], int]
CROOKED = "<script>alert(1)</script> L'Hôte “Été” محمد"


def notes() -> list[str]:
    """Return the notes of all cases of all who have one."""
    with begin(Actor("command", "test")) as work:
        found = work.execute(cases.notes.select().order_by(cases.notes.c.id)).all()
        return [unseal(row.text, f"case_notes:{row.id}").decode() for row in found]


def test_an_offer_shows_the_path_of_the_call_and_of_a_stranger_no_name(
    samira: Desk, stranger: Call, browser: Browser
) -> None:
    """Subject, language, why; each question and what came of it."""
    assert stranger.question
    page = browser.opens().text
    for words in ("Un appel pour vous", "Menu principal", "demande un conseiller", "Personne non identifiée"):
        assert words in page
    assert samira.state == "ready"


def test_a_call_from_the_offer_to_the_next(samira: Desk, stranger: Call, browser: Browser) -> None:
    """Each form leads back to the page, which shows what is next to be done."""
    accepts(browser, samira, stranger)
    page = browser.opens().text
    assert "En communication" in page
    assert f'data-leg="{samira.offer}"' in page
    assert browser.posts("do/end").status_code == 303
    page = browser.opens().text
    assert "Appel terminé" in page
    assert 'data-leg=""' in page
    assert "Rien ne peut être noté" in page
    browser.posts("do/wrap-up", disposition="answered")
    assert samira.state == "ready"
    assert [ticket.disposition for ticket in rows("tickets")] == ["answered"]


@pytest.mark.usefixtures("hicham")
def test_who_is_identified_has_a_name_read_once_for_each_fragment_of_the_person(samira: Desk, browser: Browser) -> None:
    """What is fetched again and again reads no record; each reading is audited, with the ticket as its reason."""
    assert samira.state == "ready"
    assert "Hicham Alaoui" in browser.opens().text
    for _ in range(3):
        assert "Hicham" not in browser.opens("desk").text
    assert "Hicham Alaoui" in browser.opens("person").text
    with db.engine().connect() as connection:
        read = "select reason, count(*) from audit where action = 'record.opened' group by reason"
        assert [tuple(row) for row in connection.execute(text(read))] == [("ticket 1", 2)]


@pytest.mark.usefixtures("hicham")
def test_what_an_import_brought_is_text_and_nothing_else(samira: Desk, browser: Browser) -> None:
    """A name is shown as it is, isolated, whatever it holds."""
    assert samira.state == "ready"
    with begin(Actor("command", "test")) as work:
        work.execute(update(people).values(first_name=CROOKED, last_name="&amp;"))
    page = browser.opens("person").text
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt; L&#39;Hôte “Été” محمد &amp;amp;</bdi>" in page
    assert "<script>" not in page


@pytest.mark.parametrize("note", [CROOKED, "اتصلوا به غدا " * 1400, "x" * 200])
def test_a_note_opens_a_case_with_the_disposition_once(
    samira: Desk, hicham: Call, browser: Browser, count: Count, note: str
) -> None:
    """Both or neither, whatever it holds, and though the button is clicked twice."""
    accepts(browser, samira, hicham)
    assert "<textarea" in browser.opens().text
    browser.posts("do/end")
    for _ in range(2):
        browser.posts("do/wrap-up", disposition="case-opened", note=note)
    assert count("cases") == 1
    assert notes() == [note.strip()]
    assert samira.state == "ready"


def test_a_note_without_a_disposition_is_kept_by_nobody_yet(
    samira: Desk, hicham: Call, browser: Browser, count: Count
) -> None:
    """Nor with one of another subject's: the page says so, and the wrap-up goes on."""
    accepts(browser, samira, hicham)
    browser.posts("do/end")
    for chosen in ("", "rights-explained", "<b>"):
        answer = browser.posts("do/wrap-up", disposition=chosen, note="rappeler")
        assert answer.location == "/console/?said=console-no-disposition"
    assert count("cases") == 0
    assert samira.state == "wrap-up"


@pytest.mark.parametrize("note", ["x" * 20_001])
def test_a_note_has_an_end(samira: Desk, hicham: Call, browser: Browser, count: Count, note: str) -> None:
    """Too long a one is refused, and nothing is wrapped up."""
    accepts(browser, samira, hicham)
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="case-opened", note=note)
    assert (count("cases"), samira.state) == (0, "wrap-up")


def test_a_double_click_accepts_once(samira: Desk, stranger: Call, browser: Browser) -> None:
    """The second says the same as the first: the call is one's own."""
    assert stranger.question
    offer = browser.offer()
    for _ in range(2):
        answer = browser.posts("do/accept", offer=offer)
        assert answer.location == "/console/"
    assert samira.state == "busy"
    with db.engine().connect() as connection:
        accepted = "select count(*) from queue_events where type = 'accepted'"
        assert connection.execute(text(accepted)).scalar_one() == 1


def test_anothers_offer_is_accepted_by_nobody_else(
    samira: Desk, stranger: Call, carrier: Carrier, browser: Browser, another: Browser
) -> None:
    """Nor shown, nor rejected, nor its record read."""
    assert stranger.question
    offer = browser.offer()
    mehdi = Desk(carrier, "m.bennani")
    with begin(Actor("command", "test")) as work:
        passwords.set_password(work, mehdi.id, PASSWORD)
    another.signs_in("m.bennani")
    another.posts("do/ready")
    assert another.posts("do/accept", offer=offer).location == "/console/?said=console-offer-over"
    assert "ailleurs" in another.opens(said="console-offer-over").text
    another.posts("do/reject", offer=offer)
    assert browser.offer() == offer
    assert (samira.state, mehdi.state) == ("ready", "ready")
    assert "Menu principal" not in another.opens().text


@pytest.mark.parametrize("offer", ["", "x", "-1", "1 or 1=1", "٣", "9" * 30])
def test_what_is_no_offer_is_refused(samira: Desk, browser: Browser, offer: str) -> None:
    """With a page, and no fault."""
    assert browser.posts("do/accept", offer=offer).status_code == 400
    assert samira.state == "ready"


@pytest.mark.parametrize("name", ["hold", "resume", "end", "wrap-up"])
def test_what_is_not_to_be_done_now_is_said(samira: Desk, browser: Browser, name: str) -> None:
    """The back button shows an old page: its forms harm nothing."""
    answer = browser.posts(f"do/{name}", disposition="answered")
    assert answer.status_code == 303
    assert answer.location in {"/console/?said=console-changed", "/console/?said=console-no-disposition"}
    assert samira.state == "ready"


def test_a_carrier_that_does_not_do_it_is_told(samira: Desk, stranger: Call, browser: Browser) -> None:
    """Nothing on the page says that the caller is on hold until the carrier has said so."""
    accepts(browser, samira, stranger)
    assert browser.posts("do/hold").location == "/console/?said=console-carrier"
    assert "La téléphonie ne l&#39;a pas fait" in browser.opens(said="console-carrier").text
    assert 'class="held"' not in browser.opens("desk").text


def test_what_is_said_on_a_page_is_never_the_address_own(samira: Desk, browser: Browser) -> None:
    """Only our own notices."""
    assert samira.state == "ready"
    for said in ("<b>x</b>", "console-welcome", "sms-code"):
        answer = browser.opens(said=said)
        assert answer.status_code == 200
        assert '<p class="notice wide"' not in answer.text.partition("</noscript>")[2]


def test_who_has_a_call_open_does_not_sign_out(samira: Desk, stranger: Call, browser: Browser) -> None:
    """The session goes on, so that the call can be ended."""
    accepts(browser, samira, stranger)
    for everywhere in ("0", "1"):
        answer = browser.posts("sign-out", everywhere=everywhere)
        assert answer.location == "/console/?said=console-call-is-open"
    assert browser.opens().status_code == 200


def test_a_script_gets_the_fragment_that_follows(samira: Desk, stranger: Call, browser: Browser) -> None:
    """In place of the page: each of its zones, once."""
    assert stranger.question
    offer = browser.offer()
    headers = browser.ours | {"X-Console": "script"}
    answer = browser.client.post("/console/do/accept", data={"offer": offer}, headers=headers)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    zones = re.findall(r'id="(\w+)" data-zone', answer.text)
    assert sorted(zones) == ["after", "call", "facts", "news", "path", "pressure", "script", "state"]
    assert 'data-phase="coming"' in answer.text
    assert samira.state == "busy"


def test_the_telephone_of_a_page_is_its_advisors(samira: Desk, browser: Browser) -> None:
    """What proves it is made here, for who is signed in, in this session."""
    phone = browser.opens("phone").get_json()
    assert phone["driver"] == "exchange"
    assert re.fullmatch(rf"client:advisor-{samira.id}-[0-9a-f]{{16}}", phone["from"])
    assert re.fullmatch("[0-9a-f]{64}", phone["token"])


def test_without_redis_the_page_says_so(samira: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its own look, with what to do; nothing is lost."""
    assert samira.state == "ready"
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9")
    forget()
    answer = browser.opens()
    assert answer.status_code == 503
    assert "Vos appels restent en attente" in answer.text
