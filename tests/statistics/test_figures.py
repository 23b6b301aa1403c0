"""The figures equal those counted by hand from scripted calls, made through the dialler, in both languages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from backend import clock, db
from backend.calls import LOST, calls
from backend.work import Actor, begin
from exchange.dialler import Call
from ivr import journal, statistics
from ivr.journal import conversations, steps
from ivr.statistics import OfCalls, OfQuestion, Period
from tests.conftest import Dial, Texts

pytestmark = pytest.mark.usefixtures("listed")
SALMA, BRAHIM, NOBODY = ("482913#", "14031988"), ("560081#", "21071965"), ("999999#", "14031988")
STATUS_URL = "http://127.0.0.1:8039/voice/status"
Calling = Callable[..., Call]


@pytest.fixture
def calling(dial: Dial) -> Calling:
    """Return what places a call whose end we are told, from a number of its own."""

    def place(number: int, **more: Any) -> Call:
        return dial(from_=f"+2126610{number:05}", status_url=STATUS_URL, **more)

    return place


def today() -> Period:
    """Return the day on which tests call."""
    return Period(clock.today() - timedelta(days=1), clock.today())


def asked(question: str, language: Any = None, period: Period | None = None) -> OfQuestion:
    """Return a question's figures."""
    with begin(Actor("command", "stats")) as work:
        found = statistics.by_language(work, period or today(), language)
    return next(each for each in found if (each.question, each.language) == (question, language))


def whole(language: Any = None) -> OfCalls:
    """Return the figures of whole calls."""
    with begin(Actor("command", "stats")) as work:
        return next(each for each in statistics.of_calls(work, today()) if each.language == language)


def lasted_a_minute() -> None:
    """Have each ended call's carrier tell a minute: the dialler's calls take no time."""
    change("update calls set seconds = 60 where ended_at is not null")


def change(statement: str) -> None:
    """Change what the database holds."""
    with db.engine().begin() as connection:
        connection.execute(text(statement))


def counts(of: OfQuestion) -> tuple[int, ...]:
    """Return reached, answered, silence, wrong, help, back, advisor, hang-up."""
    return of.reached, of.answered, of.silence, of.wrong, of.help, of.back, of.advisor, of.hang_up


def test_by_hand(calling: Calling, texts: Texts) -> None:
    """Seven calls, each figure of each question counted by eye."""
    done = calling(1).keys("2").keys("1").dials(SALMA[0]).dials(SALMA[1]).dials(texts.code())
    done.keys("1").keys("2").keys("1").keys("2").ends()  # completes in French
    calling(2).keys("1").keys("1").silence().dials("1").hangs_up()  # one silence, a card, gone at the birth date
    calling(3).keys("2").keys("1").dials("#").dials(NOBODY[0]).dials("99").hangs_up()  # wrong at two entries
    calling(4).keys("2").silence().silence().keys("0").hangs_up()  # two silences at the menu, then an advisor
    calling(5).keys("1").keys("1").dials("*").keys("#").hears("main-menu.2").hangs_up()  # help, then the menu again
    calling(6).silence().silence().silence().hangs_up()  # no language: an advisor for silence
    calling(7).keys("2").keys("1").dials(NOBODY[0]).dials(NOBODY[1]).dials("123456").hears("code.2")  # on the phone yet
    figures = {
        "language": (7, 6, 1, 0, 0, 0, 1, 0),
        "main-menu": (6, 5, 1, 0, 0, 0, 1, 1),
        "identity-card": (5, 4, 1, 1, 1, 0, 0, 0),
        "identity-card-help": (1, 0, 0, 0, 0, 1, 0, 0),
        "birth-date": (4, 2, 0, 1, 0, 0, 0, 2),
        "code": (2, 2, 0, 0, 0, 0, 0, 0),
        "confirm-identity": (1, 1, 0, 0, 0, 0, 0, 0),
        "payment": (1, 1, 0, 0, 0, 0, 0, 0),
        "declaration": (1, 1, 0, 0, 0, 0, 0, 0),
        "anything-else": (1, 1, 0, 0, 0, 0, 0, 0),
        "recording": (2, 0, 0, 0, 0, 0, 0, 2),
    }
    with begin(Actor("command", "stats")) as work:
        found = statistics.of_questions(work, today())
    assert {each.question: counts(each) for each in found} == figures
    assert [each.question for each in found[:3]] == ["language", "main-menu", "identity-card"]
    assert counts(asked("identity-card", "ar")) == (2, 1, 1, 0, 1, 0, 0, 0)
    assert counts(asked("main-menu", "fr")) == (4, 3, 1, 0, 0, 0, 1, 0)
    lasted_a_minute()
    assert whole() == OfCalls(None, calls=7, open=1, short=0, advisor=2, callbacks=0, again=0, contained=4)
    assert whole("fr") == OfCalls("fr", calls=4, open=1, short=0, advisor=1, callbacks=0, again=0, contained=2)
    assert whole("ar").share == 1.0


@pytest.mark.usefixtures("closed")
def test_the_code_refused_and_not_me_leave_for_an_advisor(calling: Calling, texts: Texts) -> None:
    """An advisor counts at the question that led there, whether the caller asked for one or the conversation did."""
    calling(1).keys("2").keys("1").dials(SALMA[0]).dials(SALMA[1]).dials(texts.code()).keys("2")
    call = calling(2).keys("2").keys("1").dials(NOBODY[0]).dials(NOBODY[1])
    call.dials("123456").dials("123456").dials("123456").hears("callback-number-confirm")
    call.keys("1").keys("1").keys("1").ends()
    assert counts(asked("confirm-identity")) == (1, 1, 0, 0, 0, 0, 1, 0)
    assert counts(asked("code")) == (2, 2, 0, 0, 0, 0, 1, 0)
    assert (whole().callbacks, whole().open) == (1, 1)


def test_seconds_at_a_question_are_those_of_all_its_turns(calling: Calling) -> None:
    """Ten calls of 1 to 10 s at the menu, in two turns each: half spent 5.5 s at most, nine in ten 9.1 s."""
    for number in range(10):
        calling(number).keys("2").silence().keys("1").hangs_up()
    with db.engine().begin() as connection:
        for call in range(1, 11):
            spent = update(steps).where(steps.c.call_id == call, steps.c.question == "main-menu")
            connection.execute(spent.values(milliseconds=call * 500))
    menu = asked("main-menu")
    assert menu.median == pytest.approx(5.5)
    assert menu.ninetieth == pytest.approx(9.1)
    assert asked("identity-card").median is None  # they hung up there: no answer, no time


def test_contained_only_without_another_call_about_it_within_24_hours(calling: Calling) -> None:
    """Of the same number, about the same; another number's, another matter's and a later one's don't count."""
    registration(calling, 1, "1")
    assert contained("ar")
    registration(calling, 2, "2")
    assert contained("ar")
    calling(1).keys("2").keys("2").hangs_up()  # contributions
    assert contained("ar")
    registration(calling, 1, "2")
    assert not contained("ar")
    for hours, told in ((25, True), (23, False)):
        later = f"(select ended_at + interval '{hours} hours' from calls where id = 1)"
        change(f"update calls set started_at = {later}, ended_at = {later} where id = 4")
        assert contained("ar") is told


def test_who_said_nothing_of_why_is_not_contained_when_calling_again(calling: Calling) -> None:
    """Whoever hung up at the menu and called again, about anything, was not served the first time."""
    calling(1).keys("1").hears("main-menu").hangs_up()
    assert contained("ar")
    calling(1).keys("2").keys("2").hangs_up()
    assert not contained("ar")


def test_a_person_calling_from_another_number_is_the_same_person(calling: Calling, texts: Texts) -> None:
    """By the person proved."""
    proved(calling, texts, 1, "1")
    assert contained("ar")
    proved(calling, texts, 2, "2")
    assert not contained("ar")


def test_withheld_numbers_are_nobodys(dial: Dial) -> None:
    """Two callers who withhold theirs are not taken for one."""
    for language in ("1", "2"):
        dial(from_="anonymous", status_url=STATUS_URL).keys(language).keys("1").hangs_up()
    assert contained("ar")


def test_calls_under_five_seconds_are_on_neither_side(calling: Calling) -> None:
    """Wrong numbers and second thoughts."""
    registration(calling, 1, "1")
    registration(calling, 2, "2")
    change("update calls set seconds = case id when 1 then 4 else 5 end")
    assert (whole().calls, whole().short, whole().contained, whole().share) == (2, 1, 1, 1.0)


def test_a_call_whose_end_nobody_told_is_ended_by_the_clock(dial: Dial) -> None:
    """After four hours without a turn, at its last turn: it hung up at the open question."""
    dial().keys("2").keys("1").hears("identity-card")
    assert (quiet(), asked("identity-card").hang_up) == (0, 0)
    change("update conversations set asked_at = asked_at - interval '4 hours 1 minute'")
    assert (quiet(), quiet()) == (1, 0)
    with db.engine().connect() as connection:
        asked_at = select(conversations.c.asked_at).scalar_subquery()
        row = connection.execute(select(calls.c.status, calls.c.ended_at, asked_at.label("asked_at"))).one()
    assert row.status == LOST
    assert row.ended_at == row.asked_at
    assert asked("identity-card").hang_up == 1


def test_hang_ups_outlive_the_journal(calling: Calling) -> None:
    """A day later what was said is erased; the question at which a call ended is not."""
    calling(1).keys("2").keys("1").hangs_up()
    change("update conversations set asked_at = asked_at - interval '25 hours'")
    with begin(Actor("job", "clock")) as work:
        assert journal.erase_old(work) == 1
    assert asked("identity-card").hang_up == 1


def test_a_resumed_call_did_not_reach_what_it_was_not_asked(calling: Calling, texts: Texts) -> None:
    """A choice that is carried on is no turn."""
    proved(calling, texts, 1, "1")
    call = calling(2).keys("2").keys("1").dials(SALMA[0]).dials(SALMA[1]).dials(texts.code())
    call.hears("resume").keys("1").keys("1").hears("declaration")
    assert (asked("resume").reached, asked("payment").reached, asked("declaration").reached) == (1, 1, 2)


def test_an_answer_by_voice_that_was_said_back_counts_at_its_question(calling: Calling) -> None:
    """After "yes" it was answered there, after "no" it was wrong; the saying back has a row of its own."""
    for number, key in ((1, "1"), (2, "2"), (3, "")):
        call = calling(number).keys("2").says("inscription", 0.6).hears("main-menu-confirm")
        call.keys(key).hangs_up() if key else call.hangs_up()
    assert counts(asked("main-menu")) == (3, 1, 0, 1, 0, 0, 0, 1)
    assert counts(asked("main-menu-confirm")) == (3, 2, 0, 0, 0, 0, 0, 1)
    assert asked("identity-card").reached == 1


def test_days_are_moroccos(calling: Calling) -> None:
    """A call just before and just after midnight in Casablanca (UTC+1)."""
    registration(calling, 1, "1")
    registration(calling, 2, "2")
    with db.engine().begin() as connection:
        for call, hour in ((1, "22:59:59"), (2, "23:00:00")):
            instant = datetime.fromisoformat(f"2026-06-10T{hour}+00:00")
            connection.execute(update(calls).where(calls.c.id == call).values(started_at=instant))
    tenth, eleventh = date(2026, 6, 10), date(2026, 6, 11)
    assert asked("language", period=Period(tenth, tenth)).reached == 1
    assert asked("language", period=Period(eleventh, eleventh)).reached == 1
    assert asked("language", period=Period(tenth, eleventh)).reached == 2


def registration(calling: Calling, number: int, language: str) -> None:
    """Hold a call about registration, and hang up."""
    calling(number).keys(language).keys("1").hangs_up()


def proved(calling: Calling, texts: Texts, number: int, language: str) -> None:
    """Hold a call of Salma's that ends at the declaration."""
    call = calling(number).keys(language).keys("1").dials(SALMA[0]).dials(SALMA[1]).dials(texts.code())
    if call.question == "resume":
        call.keys("2")
    call.keys("1").keys("2").hears("declaration").hangs_up()


def contained(language: str) -> bool:
    """Say whether the only call in a language counts as contained."""
    lasted_a_minute()
    of = whole(language)
    assert of.contained + of.again == 1
    return of.contained == 1


def quiet() -> int:
    """Do what the clock does each hour."""
    with begin(Actor("job", "clock")) as work:
        return journal.end_quiet(work)
