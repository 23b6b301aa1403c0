"""On which ground a record is opened outside of a proof: a stated reason, a case; who, and how often."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from backend import clock
from backend.errors import BadInputError
from backend.identity import proved_mobile
from backend.seal import unseal
from backend.values import BirthDate, IdentityCardDigits, RegistrationNumber
from backend.work import Actor, begin
from callcenter import cases, presence, records
from callcenter.records import MOST_AN_HOUR, NotFound, Sought, TooMany
from exchange.dialler import Call
from tests.console.conftest import Browser, Hire, accepts
from tests.console.opening import HICHAM, KHADIJA, WORDS, acting, at_hand, audited, opened, person
from tests.flows.advising import Desk, rows

Count = Callable[[str], int]
BY_CARD = (IdentityCardDigits("118203"), BirthDate.parse("18091975"))


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("sought", [HICHAM, BY_CARD])
def test_for_a_stated_reason_anybodys_record_is_opened_and_it_says_that_nothing_was_proved(
    samira: Desk, browser: Browser, sought: Sought
) -> None:
    """The words are sealed; the audit names the opening; there is no mobile that anybody was proved by."""
    found = opened(samira, sought)
    assert (found.ground, found.proved, found.reason) == ("reason", False, "letter")
    assert "non prouvée par la personne" in browser.opens("records").text
    (row,) = rows("openings")
    assert WORDS.encode() not in row.words
    assert unseal(row.words, f"openings:{row.id}").decode() == WORDS
    assert audited("record.opened") == [(str(samira.id), f"opening {found.id}", found.insured.person)]
    assert {reason for _, reason, _ in audited("ledger.read")} == {f"opening {found.id}"}
    with begin(acting(samira)) as work, pytest.raises(BadInputError, match="nobody has proved"):
        proved_mobile(work, found.insured)


@pytest.mark.usefixtures("sample")
def test_who_is_not_found_and_whose_date_is_wrong_are_answered_alike(samira: Desk, browser: Browser) -> None:
    """The search is kept, with its reason; what was typed is there to be mended."""
    assert samira.state == "ready"
    reason = {"reason": "letter", "words": WORDS}
    answers = [
        browser.posts("records/open", **form, **reason)
        for form in ({"number": "999999999"}, {"card": "118203", "born": "19/09/1975"}, {"card": "1", "born": "1975"})
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all("Aucun dossier ne s&#39;ouvre" in answer.text for answer in answers)
    assert 'value="999999999"' in answers[0].text
    assert WORDS in answers[0].text
    assert [(row.person_id, row.closed_at is not None) for row in rows("openings")] == [(None, True)] * 3
    assert len(audited("record.sought")) == 3
    assert at_hand(samira) is None


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Donnez le numéro"),
        ({"number": "12"}, "Donnez le numéro"),
        ({"card": "118203"}, "Donnez le numéro"),
        ({"card": "118203", "born": "32/13/1975"}, "Donnez le numéro"),
        ({"number": "104228815", "reason": ""}, "Choisissez un motif"),
        ({"number": "104228815", "reason": "curiosity"}, "Choisissez un motif"),
        ({"number": "104228815", "words": " court   "}, "Choisissez un motif"),
        ({"number": "104228815", "words": "x" * 501}, "Choisissez un motif"),
    ],
)
def test_without_somebody_to_look_for_or_a_reason_nothing_is_opened(
    samira: Desk, browser: Browser, count: Count, form: dict[str, str], words: str
) -> None:
    """Nor looked for."""
    assert samira.state == "ready"
    answer = browser.posts("records/open", **{"reason": "letter", "words": WORDS} | form)
    assert answer.status_code == 400
    assert words in answer.text
    assert count("openings") == 0


@pytest.mark.usefixtures("sample")
def test_an_advisor_searches_so_often_an_hour(samira: Desk) -> None:
    """Found or not: nobody reads a leaked list to us."""
    with begin(acting(samira)) as work:
        for _ in range(MOST_AN_HOUR):
            found = records.open_for_reason(work, samira.id, RegistrationNumber("999999999"), "other", WORDS)
            assert isinstance(found, NotFound)
        assert isinstance(records.open_for_reason(work, samira.id, HICHAM, "other", WORDS), TooMany)
    later = clock.now() + timedelta(minutes=61)
    with time_machine.travel(later):
        opened(samira)


@pytest.mark.usefixtures("sample")
def test_a_double_click_opens_once(samira: Desk, browser: Browser, count: Count) -> None:
    """The second finds it open."""
    for _ in range(2):
        form = {"number": "104228815", "reason": "letter", "words": WORDS, "back": "console.records"}
        assert browser.posts("records/open", **form).location == "/console/records"
    assert samira.state == "ready"
    assert count("openings") == 1


def test_in_a_call_whose_caller_is_identified_nobody_elses_record_is_opened(
    samira: Desk, hicham: Call, browser: Browser
) -> None:
    """Neither for a reason nor by a case: no deed lands on another person than the one on the line."""
    accepts(browser, samira, hicham)
    with begin(acting(samira)) as work:
        case = cases.open_case(work, person(work, KHADIJA), samira.id, None, "claims", "Un rejet.")
    with begin(acting(samira)) as work, pytest.raises(BadInputError, match="who has proved"):
        records.open_for_reason(work, samira.id, KHADIJA, "letter", WORDS)
    with begin(acting(samira)) as work, pytest.raises(BadInputError, match="who has proved"):
        records.open_for_case(work, samira.id, case)
    form = {"number": str(KHADIJA), "reason": "letter", "words": WORDS}
    assert "La situation vient de changer" in browser.posts("records/open", **form).text


@pytest.mark.usefixtures("sample")
def test_a_case_that_is_not_closed_opens_its_persons_record(samira: Desk, browser: Browser) -> None:
    """The case is the ground that the audit names; a closed one, or none, opens nothing."""
    with begin(acting(samira)) as work:
        case = cases.open_case(work, person(work, KHADIJA), samira.id, None, "claims", "Un <b>rejet</b>.")
    assert browser.posts("records/case", case=case, back="console.records").location == "/console/records"
    shown = browser.opens("records").text
    assert f"demande suivie n° {case}" in shown
    assert "Un &lt;b&gt;rejet&lt;/b&gt;." in shown
    assert {reason for _, reason, _ in audited("ledger.read")} == {f"case {case}"}
    browser.posts("records/put-away")
    with begin(acting(samira)) as work:
        cases.close(work, case, samira.id, 1, "Réglé.")
    for number in (case, 0, "x", "9" * 30):
        answer = browser.posts("records/case", case=number)
        assert answer.status_code == 400
        assert "close, ou n&#39;existe pas" in answer.text
    assert at_hand(samira) is None


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_takes_no_calls_opens_no_record(hire: Hire, role: str) -> None:
    """The servers say so, whatever page asks."""
    somebody = hire("somebody", role)
    with begin(Actor("advisor", str(somebody), "console")) as work:
        presence.sign_in(work, "somebody")
        with pytest.raises(BadInputError, match="who answers calls"):
            records.open_for_reason(work, somebody, HICHAM, "quality", WORDS)
        assert records.at_hand(work, somebody) is None


@pytest.mark.usefixtures("sample")
def test_with_script_the_page_at_work_stays_where_it_is(samira: Desk, browser: Browser) -> None:
    """Where its telephone is: the zones come, and say that there is somebody else to ask for."""
    assert samira.state == "ready"
    scripted = browser.ours | {"X-Console": "script"}
    form = {"number": "104228815", "reason": "letter", "words": WORDS}
    before = re.search('data-person="([^"]*)"', browser.opens("desk").text)
    answer = browser.client.post("/console/records/open", data=form, headers=scripted)
    after = re.search('data-person="([^"]*)"', answer.text)
    assert before
    assert after
    assert before[1] != after[1]
    assert "Hicham" not in answer.text
    answer = browser.client.post("/console/records/open", data=form | {"number": "999999999"}, headers=scripted)
    assert answer.status_code == 200
    assert "Aucun dossier ne s&#39;ouvre" in answer.text
