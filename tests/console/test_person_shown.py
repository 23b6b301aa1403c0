"""What a page shows of a person: the very figures of the voice, and whatever an import brought as text."""

import html
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text, update

from backend import claim_statements, db, messages, rights, standing
from backend.claims import claims
from backend.family import relatives
from backend.people import people
from backend.values import Mobile, RegistrationNumber
from backend.wording import LANGUAGES, Language, exists
from backend.work import Actor, begin
from callcenter import cases, dossiers, records
from callcenter.console.records_shown import Record
from callcenter.console.showing import money
from callcenter.dossiers import Dossier
from callcenter.records import Opened
from exchange.dialler import Call
from tests.conftest import SAMPLE
from tests.console.conftest import Browser, accepts
from tests.console.opening import WORDS, acting
from tests.flows.advising import Desk

EXPECTED: dict[str, Any] = json.loads((SAMPLE / "expected-2024-03-20.json").read_text("utf-8"))
NUMBERS = [number for number in EXPECTED if number.isdigit()]
CROOKED = "<script>alert(1)</script> L'Hôte “Été” محمد"
AS_TEXT = "&lt;script&gt;alert(1)&lt;/script&gt; L&#39;Hôte “Été” محمد"


@pytest.fixture
def nadia(samira: Desk, sample: None) -> Desk:
    """Return an advisor with the sample's people."""
    assert sample is None
    return samira


def read(samira: Desk, number: str) -> Dossier:
    """Open and read a record."""
    with begin(acting(samira)) as work:
        found = records.open_for_reason(work, samira.id, RegistrationNumber(number), "letter", WORDS)
        assert isinstance(found, Opened)
        return dossiers.read(work, found)


def shown(browser: Browser) -> str:
    """Return the page of the record at hand, its tags taken out."""
    page = browser.opens("records").text
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("number", NUMBERS)
def test_the_figures_are_those_worked_out_by_hand(nadia: Desk, browser: Browser, number: str) -> None:
    """What is owed in all and in its parts, what can be cancelled, AMO: page, voice and the day's sums agree."""
    seen, expected = read(nadia, number), EXPECTED[number]
    page = shown(browser)
    for part in ("owed", "contributions", "penalties", "enforcement_fees"):
        if "balance" in expected:
            assert str(getattr(seen.standing.balance, part)) == expected["balance"][part]
            assert money(Decimal(expected["balance"][part])).replace("\u202f", " ") in page.replace("\u202f", " ")
    situation = expected.get("cancellation", {"situation": "not-concerned"})["situation"]
    assert seen.standing.cancellation.situation == situation
    assert seen.standing.amo.status == expected.get("amo", {"status": "unknown"})["status"]


@pytest.mark.parametrize("number", NUMBERS)
def test_page_and_voice_never_disagree(nadia: Desk, number: str) -> None:
    """The console reads by the functions that the flows call, and shows all that they return."""
    seen = read(nadia, number)
    with begin(acting(nadia)) as work:
        insured = seen.opened.insured
        assert standing.brief(seen.standing) == standing.tell(work, insured)
        told = claim_statements.overview(work, insured)
        assert (seen.open_files, seen.files[0].stated if seen.files else None) == (told.open, told.newest)
        assert seen.rights.pension == rights.pension(work, insured)
        assert seen.rights.family_allowances == rights.family_allowances(work, insured)
        assert seen.rights.birth_leave == rights.birth_leave(work, insured)
        declared = rights.declared(work, insured)
    assert sorted(each.first_name for each in seen.relatives) == sorted((*declared.spouses, *declared.children))


@pytest.mark.parametrize("number", NUMBERS)
def test_the_ledger_adds_up_month_by_month_and_in_all(nadia: Desk, number: str) -> None:
    """Charged = settled + cancelled + owed + due later; what is owed is what the voice says."""
    record = Record(read(nadia, number))
    sums, balance = record.totals, record.dossier.standing.balance
    assert sums.charged.total == sums.settled.total + sums.cancelled.total + sums.owed.total + sums.later.total
    assert sums.owed == (balance.contributions, balance.penalties, balance.enforcement_fees)
    for account in record.months:
        settled = sum(each.parts.total for each in account.settled)
        charge = account.charge
        whole = charge.contribution + charge.penalty + charge.enforcement_fee
        assert whole == settled + account.cancelled.total + account.remaining.total


def test_the_twelve_months_are_marks_with_words(nadia: Desk, browser: Browser) -> None:
    """Paid, late, to be paid, or still to come: never by colour alone."""
    record = Record(read(nadia, "104228815"))
    assert [str(mark.month) for mark in record.marks[:2]] == ["2024-03", "2024-04"]
    assert [mark.state for mark in record.marks] == ["due"] + ["coming"] * 11
    page = shown(browser)
    assert "03/2024 à payer" in page
    assert "Mois payés : 0 sur 12" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_everybody_of_the_sample_can_be_shown(nadia: Desk, browser: Browser, number: str, language: Language) -> None:
    """In both languages, without a fault."""
    read(nadia, number)
    browser.posts("look", language=language)
    answer = browser.opens("records")
    assert answer.status_code == 200
    assert number in answer.text


def test_what_an_import_brought_is_text_and_nothing_else(nadia: Desk, browser: Browser) -> None:
    """Names, city, beneficiary, documents, reason, first names of the family, notes."""
    with begin(Actor("command", "test")) as work:
        name = {"first_name": CROOKED, "last_name": "&amp;", "first_name_ar": CROOKED, "last_name_ar": "العلوي"}
        work.execute(update(people).values(**name, city=CROOKED))
        work.execute(update(relatives).values(first_name=CROOKED))
        crooked = {"beneficiary": CROOKED, "missing_documents": [CROOKED], "reason": CROOKED}
        work.execute(update(claims).values(**crooked))
        work.execute(update(claims).where(claims.c.status == "paid").values(status="rejected"))
        work.execute(text("delete from relatives where kind = 'spouse'"))
    seen = read(nadia, "104228815")
    with begin(acting(nadia)) as work:
        cases.open_case(work, seen.person.id, nadia.id, None, "claims", CROOKED)
    for language in LANGUAGES:
        browser.posts("look", language=language)
        page = browser.opens("records").text
        assert "<script>alert" not in page
        assert page.count(AS_TEXT) >= 9
        assert f"<bdi>{AS_TEXT}</bdi>" in page
        assert "&amp;amp;" in page


@pytest.mark.parametrize("note", ["x" * 20_000, "اتصلوا به غدا " * 1400, "l'été\n<b>\n" * 30])
def test_a_long_note_is_there_and_folded(nadia: Desk, browser: Browser, note: str) -> None:
    """All of it, under its beginning."""
    seen = read(nadia, "104228815")
    with begin(acting(nadia)) as work:
        cases.open_case(work, seen.person.id, nadia.id, None, "claims", note)
    page = browser.opens("records").text
    assert str(html.escape(note.strip())).replace("&#x27;", "&#39;") in page
    assert page.count("<b>") == 0


def test_an_sms_is_shown_with_its_number_masked_and_never_a_code(nadia: Desk, browser: Browser) -> None:
    """The text only where it holds no code, and while it is still to be sent; the number by its last two digits."""
    seen = read(nadia, "104228815")
    mine, other = Mobile("+212661000201"), Mobile("+212669999988")
    with begin(acting(nadia)) as work:
        for number, to in enumerate((mine, other)):
            messages.send(work, "sms-payment-link", f"l:{number}", to, "fr", person=seen.person.id, link="https://x.ma")
        messages.send(work, "sms-code", "c", mine, "fr", person=seen.person.id, code="738291")
    page = shown(browser)
    assert "https://x.ma" in page
    assert "738291" not in page
    assert "•• 01" in page
    assert "•• 88" in page
    assert "0661000201" not in page.replace(" ", "")
    with db.engine().begin() as connection:
        connection.execute(text("update outbox set payload = null, state = 'delivered'"))
    page = shown(browser)
    assert "https://x.ma" not in page
    assert "autre numéro" in page
    assert "•• 01" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sms_has_a_title(language: Language) -> None:
    """Whatever occasion is added."""
    assert [each for each in messages.OCCASIONS if not exists(language, f"occasion-{each}")] == []


def test_past_calls_say_why_and_what_became_of_them(
    samira: Desk, hicham: Call, browser: Browser, dial: Any, texts: Any
) -> None:
    """The path as steps, also of a call that no advisor had; what was keyed masked; not the call that goes on."""
    accepts(browser, samira, hicham)
    assert "Aucun appel passé" in shown_person(browser)
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="payment-explained")
    again = dial().keys("2").keys("2").dials("104228815").dials("18091975").dials(texts.code())
    assert again.hears("contributions-menu")
    seen = read(samira, "104228815")
    assert [(call.subject, call.disposition) for call in seen.calls] == [
        (None, None),
        ("contributions", "payment-explained"),
    ]
    page = shown(browser)
    assert "Paiement expliqué" in page
    assert "la personne a demandé un conseiller" in page
    assert page.count("Date de naissance répondu") == 2
    assert "18091975" not in page


def shown_person(browser: Browser) -> str:
    """Return the fragment of the person, its tags taken out."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", browser.opens("person").text)).split())
