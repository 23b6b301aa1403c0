"""Whose record is before an advisor, by which ground, and for how long; another's call, and what is audited."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from backend import clock, db
from backend.errors import BadInputError
from backend.identity import proved_mobile
from backend.people import people
from backend.seal import unseal
from backend.values import BirthDate, IdentityCardDigits, PersonId, RegistrationNumber
from backend.work import Actor, Work, begin
from callcenter import cases, passwords, presence, records, supervision, tickets
from callcenter.records import MOST_AN_HOUR, UNUSED, NotFound, Opened, Sought, TooMany
from exchange.dialler import Call
from tests.console.conftest import PASSWORD, Browser, Hire, accepts
from tests.flows.advising import Carrier, Desk, rows

Count = Callable[[str], int]
WORDS = "Il a écrit hier, et demande où en est son dossier."
HICHAM, KHADIJA = RegistrationNumber("104228815"), RegistrationNumber("118350942")
BY_CARD = (IdentityCardDigits("118203"), BirthDate.parse("18091975"))


def acting(samira: Desk) -> Actor:
    """Return the advisor as who acts."""
    return Actor("advisor", str(samira.id), "console")


def opened(samira: Desk, sought: Sought = HICHAM) -> Opened:
    """Open a record for a reason."""
    with begin(acting(samira)) as work:
        found = records.open_for_reason(work, samira.id, sought, "letter", WORDS)
    assert isinstance(found, Opened)
    return found


def at_hand(samira: Desk) -> Opened | None:
    """Return the record before her."""
    with begin(acting(samira)) as work:
        return records.at_hand(work, samira.id)


def person(work: Work, number: RegistrationNumber) -> PersonId:
    """Return whose number it is."""
    found = people.select().with_only_columns(people.c.id).where(people.c.registration_number == number)
    return PersonId(work.execute(found).scalar_one())


def audited(action: str) -> list[tuple[str, str, int | None]]:
    """Return which advisor did something, why, and about whom; what they read among other things too."""
    these = "(action = :action or jsonb_exists(details -> 'read', :action)) and actor_kind = 'advisor'"
    done = f"select actor, reason, person_id from audit where {these} order by id"
    with db.engine().connect() as connection:
        return [tuple(row) for row in connection.execute(text(done), {"action": action})]


def test_in_a_call_the_record_is_the_callers_who_has_proved_who_they_are(
    samira: Desk, hicham: Call, browser: Browser
) -> None:
    """Not at the offer, where the name is enough; from the moment that it is taken until it is wrapped up."""
    assert "104228815" not in browser.opens("person").text
    assert at_hand(samira) is None
    accepts(browser, samira, hicham)
    shown = browser.opens("person").text
    assert "Identité prouvée" in shown
    assert "104228815" in shown
    found = at_hand(samira)
    assert found
    assert (found.ground, found.proved, found.ticket) == ("call", True, 1)
    browser.posts("do/end")
    assert at_hand(samira) == found
    browser.posts("do/wrap-up", disposition="answered")
    assert at_hand(samira) is None
    assert "104228815" not in browser.opens("person").text


def test_a_record_is_opened_once_a_call_and_every_reading_says_for_which(
    samira: Desk, hicham: Call, browser: Browser
) -> None:
    """What is fetched again and again reads nothing; a page loaded anew reads anew: a line, naming each part."""
    accepts(browser, samira, hicham)
    before = len(audited("record.opened"))  # the name, at the offer
    for _ in range(3):
        assert "Hicham" not in browser.opens("desk").text
    for _ in range(2):
        browser.opens("person")
    assert len(audited("record.opened")) == before + 1
    ledgers = audited("ledger.read")
    assert {reason for _, reason, _ in ledgers} == {"ticket 1"}
    assert len(ledgers) == 2
    for action in ("claims.read", "family.read", "salaries.read", "cases.read", "calls.read", "messages.read"):
        assert "ticket 1" in {reason for _, reason, _ in audited(action)}


def test_a_call_taken_is_a_few_lines_of_the_log_that_name_all_that_was_shown(
    samira: Desk, hicham: Call, browser: Browser, another: Browser, hire: Hire
) -> None:
    """The name at the offer, the opening, what the page showed; an auditor reads it, and finds it by each part."""
    accepts(browser, samira, hicham)
    browser.opens()
    done = "select action from audit where actor_kind = 'advisor' and person_id is not null order by id"
    with db.engine().connect() as connection:
        assert list(connection.execute(text(done)).scalars()) == [
            *("record.opened", "person.read"),  # the name, at the offer
            *("record.opened", "record.shown", "record.shown"),  # the record, and what can be done
        ]
    hire("auditrice", "auditor", "Amal Audit")
    another.signs_in("auditrice")
    lines = another.opens("log", action="family.read").text.partition("<tbody>")[2]
    shown, *others = re.findall("a vu un dossier.*?</td>", lines, re.DOTALL)
    assert others == []
    for words in ("a lu les dossiers de soins", "a lu une fiche", "a lu la famille"):
        assert words in shown


def test_another_advisor_has_not_the_record_of_this_call(
    samira: Desk, hicham: Call, browser: Browser, another: Browser, carrier: Carrier
) -> None:
    """Whatever they ask for: the record of a form is only what is before them."""
    accepts(browser, samira, hicham)
    mine = at_hand(samira)
    mehdi = Desk(carrier, "m.bennani")
    with begin(Actor("command", "test")) as work:
        passwords.set_password(work, mehdi.id, PASSWORD)
    another.signs_in("m.bennani")
    assert mine
    assert "Hicham" not in another.opens("person").text
    with begin(acting(mehdi)) as work, pytest.raises(BadInputError, match="not before you"):
        records.of(work, mehdi.id, mine.id)
    with begin(acting(samira)) as work:
        assert records.of(work, samira.id, mine.id) == mine


def test_a_form_of_the_last_call_does_nothing_to_the_next_caller(samira: Desk, hicham: Call, browser: Browser) -> None:
    """Its opening is not at hand any more."""
    accepts(browser, samira, hicham)
    before = at_hand(samira)
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="answered")
    opened(samira, KHADIJA)
    assert before
    with begin(acting(samira)) as work, pytest.raises(BadInputError):
        records.of(work, samira.id, before.id)


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
def test_an_advisor_opens_so_many_records_an_hour(samira: Desk, browser: Browser) -> None:
    """Found or not: nobody reads a leaked list to us. A case of one's own counts as well, whenever it was opened."""
    with begin(acting(samira)) as work:
        for _ in range(MOST_AN_HOUR):
            found = records.open_for_reason(work, samira.id, RegistrationNumber("999999999"), "other", WORDS)
            assert isinstance(found, NotFound)
        assert isinstance(records.open_for_reason(work, samira.id, HICHAM, "other", WORDS), TooMany)
        case = cases.open_case(work, person(work, KHADIJA), samira.id, None, "claims", "Un rejet.")
        assert isinstance(records.open_for_case(work, samira.id, case), TooMany)
    assert len(audited("record.sought-too-often")) == 2
    answer = browser.posts("records/case", case=case, back="console.records")
    assert answer.status_code == 429
    assert "Khadija" not in answer.text
    later = clock.now() + timedelta(minutes=61)
    with time_machine.travel(later):
        opened(samira)


@pytest.mark.usefixtures("sample")
def test_reading_on_from_case_to_case_ends(samira: Desk) -> None:
    """An advisor who kept a case of each person they were curious about opens no more of them than any other."""
    with begin(acting(samira)) as work:
        whom = [person(work, number) for number in (HICHAM, KHADIJA)]
        kept = [cases.open_case(work, each, samira.id, None, "claims", "À voir.") for each in whom]
        opened_ = [records.open_for_case(work, samira.id, kept[turn % 2]) for turn in range(MOST_AN_HOUR + 1)]
    assert [isinstance(each, Opened) for each in opened_] == [True] * MOST_AN_HOUR + [False]


@pytest.mark.usefixtures("sample")
def test_a_double_click_opens_once(samira: Desk, browser: Browser, count: Count) -> None:
    """The second finds it open."""
    for _ in range(2):
        form = {"number": "104228815", "reason": "letter", "words": WORDS, "back": "console.records"}
        assert browser.posts("records/open", **form).location == "/console/records"
    assert samira.state == "ready"
    assert count("openings") == 1


@pytest.mark.usefixtures("sample")
def test_one_record_at_a_time_until_it_is_put_away(samira: Desk, browser: Browser) -> None:
    """What was put away does not come back, nor what it took the place of."""
    opened(samira)
    second = opened(samira, KHADIJA)
    assert at_hand(samira) == second
    assert browser.posts("records/put-away", back="console.records").location == "/console/records"
    assert at_hand(samira) is None
    assert len(audited("record.put-away")) == 2
    assert browser.posts("records/put-away").status_code == 303


@pytest.mark.usefixtures("sample")
def test_a_record_that_is_not_used_is_put_away_by_itself(samira: Desk) -> None:
    """What the page asks by itself is no use of it; a reading, or a form, is."""
    found, now = opened(samira), clock.now()
    with time_machine.travel(now + UNUSED - timedelta(minutes=1), tick=False):
        assert at_hand(samira) == found
    with time_machine.travel(now + 2 * UNUSED - timedelta(minutes=2), tick=False), begin(acting(samira)) as work:
        assert records.at_hand_id(work, samira.id) == found.id
    with time_machine.travel(now + 2 * UNUSED, tick=False):
        assert at_hand(samira) is None


@pytest.mark.usefixtures("sample")
def test_signing_out_puts_it_away(samira: Desk, browser: Browser) -> None:
    """It is not there the next morning."""
    opened(samira)
    browser.posts("sign-out")
    assert at_hand(samira) is None
    browser.signs_in("s.alami")
    assert at_hand(samira) is None


@pytest.mark.usefixtures("sample")
def test_what_was_opened_outside_of_a_call_is_not_at_hand_in_one(
    samira: Desk, stranger: Call, browser: Browser
) -> None:
    """A stranger is not taken for who was on the screen; what was opened in the call ends with it."""
    before = opened(samira)
    accepts(browser, samira, stranger)
    assert at_hand(samira) is None
    shown = browser.opens("person").text
    assert "Hicham" not in shown
    assert "Personne non identifiée" in shown
    during = opened(samira, KHADIJA)
    assert during.ticket == 1
    assert "Khadija" in browser.opens("person").text
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="answered")
    assert at_hand(samira) is None
    assert before.id != during.id


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
        assert "Cette demande est close" in answer.text
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


def test_a_supervisor_who_ends_the_day_puts_away_what_was_open(samira: Desk, sample: None, hire: Hire) -> None:
    """Whoever comes in next as this advisor finds nothing before them."""
    assert sample is None
    karim = hire("k.tazi", "supervisor", "Karim Tazi")
    opened(samira)
    with begin(Actor("advisor", str(karim), "console")) as work:
        supervision.sign_out(work, karim, samira.id)
        presence.sign_in(work, "s.alami")
    assert at_hand(samira) is None


def test_what_is_at_hand_is_found_by_its_index(samira: Desk, sample: None) -> None:
    """Each page asks for it every few seconds: it must not look through all that an advisor ever opened."""
    assert sample is None
    opened(samira)
    with begin(acting(samira)) as work:
        work.execute(text("set local enable_seqscan = off"))
        for about in (None, tickets.add(work, kind="call", subject="other", reason="wish", language="fr")):
            query = select(records.openings).where(
                records.openings.c.advisor_id == samira.id, *records._at_hand(work, about)
            )
            plan = str(query.compile(work.connection))
            assert "ground != 'call'" in plan
        known = text("explain select from openings where advisor_id = 1 and closed_at is null and ground <> 'call'")
        assert "openings_at_hand_idx" in "".join(work.execute(known).scalars())
