"""Cases at the console: opened, followed, closed, reopened; two advisors on one; the list of those that wait."""

import re
from collections.abc import Callable

import pytest

from backend import people
from backend.errors import BadInputError
from backend.seal import unseal
from backend.values import RegistrationNumber
from backend.work import Actor, begin
from callcenter import agents, cases, presence, records
from exchange.dialler import Call
from tests.console.acting import Form, audited, does, form, offered
from tests.console.conftest import Browser, Hire, accepts
from tests.flows.advising import Desk, rows

Count = Callable[[str], int]
OPENS = 'action="/console/records/case"'


@pytest.fixture
def talking(samira: Desk, hicham: Call, browser: Browser) -> Browser:
    """Talk to somebody who has proved who he is."""
    accepts(browser, samira, hicham)
    return browser


@pytest.fixture
def nadia(hire: Hire, another: Browser, talking: Browser) -> int:
    """Have another advisor be there, in a browser of her own."""
    assert talking.ours
    advisor = hire("n.idrissi", name="Nadia Idrissi")
    another.signs_in("n.idrissi")
    return advisor


def notes() -> list[str]:
    """Return what was written, the oldest first."""
    return [unseal(row.text, f"case_notes:{row.id}").decode() for row in rows("case_notes")]


def hands_on(case: int, to: int) -> None:
    """Have a supervisor put a case into another's hands."""
    with begin(Actor("command", "test")) as work:
        supervisor = agents.add(work, f"chef.{to}", "Un Superviseur", ("fr",), {}, "supervisor")
        cases.hand(work, supervisor.id, [case], to)


def listed(browser: Browser, **query: str) -> int:
    """Return how many of all cases the page shows."""
    return browser.opens("cases", which="all", **query).text.count('data-is="Numéro"')


def choice(browser: Browser, act: str) -> str:
    """Return the case that a form proposes, with its version."""
    found = re.search(rf'action="/console/act/{act}".*?<option value="(\d+\.\d+)"', browser.opens().text, re.DOTALL)
    assert found
    return found[1]


def test_a_case_is_opened_followed_closed_and_reopened(talking: Browser) -> None:
    """Each with what is written, by whom; what is offered follows where the case stands."""
    assert not {"follow-case", "reopen-case"} & offered(talking)
    assert "La demande 1 est ouverte" in does(talking, "open-case", subject="claims", note="Il conteste.")
    assert "C&#39;est écrit dans la demande 1" in does(
        talking, "follow-case", case=choice(talking, "follow-case"), note="Pièce reçue."
    )
    does(talking, "follow-case", case=choice(talking, "follow-case"), note="Payé.", settled="yes")
    assert "follow-case" not in offered(talking)
    does(talking, "reopen-case", case=choice(talking, "reopen-case"), note="Pas payé.")
    (case,) = rows("cases")
    assert (case.state, case.version, case.closed_at, case.ticket_id) == ("followed", 4, None, 1)
    assert notes() == ["Il conteste.", "Pièce reçue.", "Payé.", "Pas payé."]
    done = audited("case.opened", "case.followed", "case.closed", "case.reopened")
    assert [action for action, *_ in done] == ["case.opened", "case.followed", "case.closed", "case.reopened"]
    assert {(kind, actor, reason) for _, kind, actor, reason in done} == {("advisor", "1", "ticket 1")}


@pytest.mark.parametrize("note", ["L'Hôte “Été” محمد <script>", "اتصلوا به غدا " * 1400, "x" * 20_000])
def test_a_case_holds_what_was_typed_once(talking: Browser, note: str) -> None:
    """Whatever it is, and though the button is clicked twice."""
    shown = form(talking, "open-case")
    for _ in range(2):
        assert shown.posts(subject="claims", note=note).status_code == 303
    assert notes() == [note.strip()]
    assert "<script>" not in talking.opens("person").text


@pytest.mark.parametrize(("note", "words"), [("x" * 20_001, "20000 caractères"), ("  ", "Ce champ est à remplir")])
def test_a_note_has_a_beginning_and_an_end(talking: Browser, count: Count, note: str, words: str) -> None:
    """Said beside it, with what was typed."""
    answer = form(talking, "open-case").posts(subject="claims", note=note)
    assert (answer.status_code, count("cases")) == (400, 0)
    assert words.replace("20000", "20 000") in answer.text or words in answer.text
    assert note.strip() in answer.text


def test_of_two_advisors_on_one_case_the_second_keeps_what_they_typed(
    talking: Browser, nadia: int, another: Browser
) -> None:
    """Is told that it changed, and writes on what it is now."""
    does(talking, "open-case", subject="claims", note="Il conteste.")
    seen = choice(talking, "follow-case")
    with begin(Actor("advisor", str(nadia), "console")) as work:
        cases.add_note(work, 1, nadia, 1, "Vu avec lui.")
    answer = form(talking, "follow-case").posts(case=seen, note="Ma note, longue.")
    assert answer.status_code == 400
    assert "Un collègue a changé cette demande" in answer.text
    assert "Ma note, longue." in answer.text
    assert notes() == ["Il conteste.", "Vu avec lui."]
    assert '<option value="1.2" selected>' in answer.text
    does(talking, "follow-case", case="1.2", note="Ma note, longue.")
    assert notes()[-1] == "Ma note, longue."
    assert another.opens("cases").status_code == 200


def test_the_list_shows_ones_own_or_all_by_subject_and_nothing_personal(
    talking: Browser, nadia: int, another: Browser
) -> None:
    """The oldest first; closed ones are on it no more."""
    assert nadia
    for subject in ("claims", "rights"):
        does(talking, "open-case", subject=subject, note="Il conteste.")
    mine = talking.opens("cases").text
    assert mine.count(OPENS) == 2
    assert "Alaoui" not in mine
    assert "Il conteste" not in mine
    assert "Aucune demande n&#39;attend ici" in another.opens("cases").text
    assert listed(another) == 2
    assert listed(another, subject="rights") == 1
    assert listed(another, subject="<b>", after="x") == 2
    assert listed(another, after="1") == 1
    assert OPENS not in another.opens("cases", which="all").text
    does(talking, "follow-case", case="1.1", note="Payé.", settled="yes")
    assert listed(another) == 1


def test_opening_a_case_opens_its_persons_record_for_that_reason(
    talking: Browser, nadia: int, another: Browser
) -> None:
    """Where the case is the one proposed; not while another caller is identified, nor a closed one."""
    does(talking, "open-case", subject="claims", note="Il conteste.")
    assert "Demande 1 : dossiers de soins" in talking.opens().text
    assert talking.posts("records/case", case="1", back="console.work").status_code == 400
    hands_on(1, nadia)
    assert another.posts("records/case", case="1", back="console.work").location == "/console/"
    page = another.opens().text
    assert "Hicham Alaoui" in page
    assert "send-statement" not in offered(another)
    assert "prouvée" not in page.partition('id="acts"')[2]
    does(another, "follow-case", case=choice(another, "follow-case"), note="Payé.", settled="yes")
    closed = audited("case.closed")
    assert closed == [("case.closed", "advisor", str(nadia), "case 1")]
    assert another.posts("records/case", case="1", back="console.work").status_code == 400


def test_a_curious_advisor_opens_nobody_by_a_colleagues_case(
    talking: Browser, nadia: int, another: Browser, count: Count
) -> None:
    """Whatever number is posted; the list has no button for it, and nothing of the person is read."""
    does(talking, "open-case", subject="claims", note="Il conteste.")
    before = count("openings")
    for case in ("1", "2", "x", ""):
        answer = another.posts("records/case", case=case, back="console.work")
        assert answer.status_code == 400
        assert "un collègue la suit" in answer.text
        assert "Alaoui" not in answer.text
    assert count("openings") == before
    assert [line for line in audited("cases.read", "ledger.read") if line[2] == str(nadia)] == []


def test_an_advisor_hands_no_case_to_themselves(talking: Browser, nadia: int, another: Browser) -> None:
    """A supervisor does, to who takes calls; a closed case stays where it is."""
    does(talking, "open-case", subject="claims", note="Il conteste.")
    assert "said=cases-not-handed" in another.posts("cases/hand", case="1", to=str(nadia)).location
    assert 'name="to"' not in another.opens("cases", which="all").text
    assert audited("case.handed") == []


def test_a_supervisor_hands_cases_on(samira: Desk, sample: None, hire: Hire, another: Browser) -> None:
    """From then on they open the record to who has them, and no more to who had them; a closed one stays as it is."""
    assert sample is None
    nadia, karim = hire("n.idrissi", name="Nadia Idrissi"), hire("k.tazi", "supervisor", "Karim Tazi")
    with begin(Actor("advisor", str(samira.id), "console")) as work:
        hicham = people.numbered(work, RegistrationNumber("104228815"))
        assert hicham
        for _ in range(2):
            cases.open_case(work, hicham.id, samira.id, None, "claims", "Il conteste.")
        cases.close(work, 2, samira.id, 1, "Payé.")
    another.signs_in("k.tazi")
    assert another.opens("cases", which="all").text.count('type="checkbox" name="case"') == 1
    wrong: tuple[dict[str, str], ...] = ({}, {"case": "1"}, {"case": "1", "to": "99"}, {"case": "x", "to": str(nadia)})
    for form_ in wrong:
        assert "said=cases-not-handed" in another.posts("cases/hand", **form_).location
    assert "said=cases-handed" in another.posts("cases/hand", case=["1", "2"], to=str(nadia)).location
    assert [row.held_by for row in rows("cases")] == [nadia, samira.id]
    with begin(Actor("advisor", str(samira.id), "console")) as work, pytest.raises(BadInputError, match="your hands"):
        records.open_for_case(work, samira.id, 1)
    with begin(Actor("advisor", str(nadia), "console")) as work:
        presence.sign_in(work, "n.idrissi")
        assert isinstance(records.open_for_case(work, nadia, 1), records.Opened)
    assert [(action, actor) for action, _, actor, _ in audited("case.handed")] == [("case.handed", str(karim))]


def test_anothers_case_is_not_followed_by_its_number(talking: Browser, count: Count) -> None:
    """A form takes the person's own, in the version that it showed."""
    does(talking, "open-case", subject="claims", note="Il conteste.")
    shown = form(talking, "follow-case")
    for case in ("2.1", "1.9", "1", "x", ""):
        assert Form(talking, shown.act, shown.number, shown.opening).posts(case=case, note="Fini.").status_code == 400
    assert count("case_notes") == 1


def test_a_case_is_reopened_with_its_own_persons_record_alone(talking: Browser, nadia: int, another: Browser) -> None:
    """Not with that of somebody who has none."""
    does(talking, "open-case", subject="claims", note="Il conteste.")
    does(talking, "follow-case", case="1.1", note="Payé.", settled="yes")
    shown = form(talking, "reopen-case")
    with begin(Actor("advisor", str(nadia), "console")) as work:
        number = RegistrationNumber("118350942")
        opened = records.open_for_reason(work, nadia, number, "letter", "Elle a écrit une lettre.")
        assert isinstance(opened, records.Opened)
    theirs = Form(another, shown.act, "0", str(opened.id))
    assert theirs.posts(case="1.2", note="Encore.").location == "/console/?said=console-changed"
    assert [row.state for row in rows("cases")] == ["closed"]
