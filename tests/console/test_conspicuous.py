"""An advisor who is curious, bribed or lied to reaches a limit; a supervisor hears of it, and of nobody's record."""

from datetime import timedelta

import pytest
import time_machine

from backend import clock, mobiles, people
from backend.identity import Insured, keep_open
from backend.mobiles import MOST_BY_AN_ADVISOR, MOST_OF_A_PERSON, TooManyChanges
from backend.values import Mobile, RegistrationNumber
from backend.work import Actor, Work, begin
from callcenter import cases, floor, records
from callcenter.records import MOST_AN_HOUR
from tests.console.conftest import Browser, Hire
from tests.flows.advising import Carrier, Desk, rows

HICHAM, KHADIJA = RegistrationNumber("104228815"), RegistrationNumber("118350942")
WORDS = "Pour voir ce qu'il en est de lui."
DAY = timedelta(days=1)


@pytest.fixture
def samira(sample: None, carrier: Carrier) -> Desk:
    """Sign an advisor in, in a house with insured people."""
    assert sample is None
    return Desk(carrier)


def acting(samira: Desk) -> Actor:
    """Return the advisor as who acts."""
    return Actor("advisor", str(samira.id), "console")


def insured(work: Work, number: RegistrationNumber) -> Insured:
    """Return somebody whose record is open, and who has proved nothing."""
    found = people.numbered(work, number)
    assert found
    return keep_open(work, found.id, None)


def reads_on(samira: Desk) -> None:
    """Open as many records as she may in an hour: for reasons, and by a case."""
    with begin(acting(samira)) as work:
        case = cases.open_case(work, insured(work, KHADIJA).person, samira.id, None, "claims", "À voir.")
        records.open_for_case(work, samira.id, case)
        for _ in range(MOST_AN_HOUR - 1):
            records.open_for_reason(work, samira.id, HICHAM, "quality", WORDS)
            records.put_away(work, samira.id)


def test_who_reads_on_and_on_is_an_alarm_on_the_floor(samira: Desk, karim: Browser) -> None:
    """With who, how often and where to see more; acknowledged it is silent for the day, and nobody's name is in it."""
    assert "data-alarm" not in karim.opens("floor").text
    reads_on(samira)
    floor.forget_all()
    page = karim.opens("floor").text
    assert f"a ouvert {MOST_AN_HOUR} dossiers en une heure" in page
    assert f'href="/console/floor/advisors/{samira.id}#opened"' in page
    assert "Alaoui" not in page
    (key,) = (part.split('"')[0] for part in page.split('data-alarm="')[1:])
    karim.posts("floor/acknowledge", alarm=key)
    assert f'<li class="alarm" data-alarm="{key}"' not in karim.opens("floor").text
    shown = karim.opens(f"floor/advisors/{samira.id}").text
    assert "Contrôle de qualité" in shown
    assert f"<dd>{MOST_AN_HOUR - 1}</dd>" in shown
    assert "Alaoui" not in shown
    assert WORDS not in shown


def test_one_below_the_limit_is_none_and_a_day_later_it_is_over(samira: Desk, karim: Browser) -> None:
    """Thirty records over a day are a day's work."""
    with begin(acting(samira)) as work:
        for _ in range(MOST_AN_HOUR - 1):
            records.open_for_reason(work, samira.id, RegistrationNumber("999999999"), "other", WORDS)
    floor.forget_all()
    assert "en une heure" not in karim.opens("floor").text
    with time_machine.travel(clock.now() + timedelta(minutes=61)), begin(acting(samira)) as work:
        records.open_for_reason(work, samira.id, HICHAM, "other", WORDS)
    floor.forget_all()
    assert "en une heure" not in karim.opens("floor").text


def test_a_persons_mobile_is_corrected_so_often_a_day(samira: Desk) -> None:
    """A liar who calls again and again takes no number over, whichever advisor believes them; it is audited."""
    with begin(acting(samira)) as work:
        who = insured(work, HICHAM)
        for number in range(MOST_OF_A_PERSON):
            assert isinstance(mobiles.correct(work, who, Mobile(f"+21266100099{number}"), "fr"), mobiles.Change)
        assert isinstance(mobiles.correct(work, who, Mobile("+212661000998"), "fr"), TooManyChanges)
        mobiles.restore(work, who)
        assert isinstance(mobiles.correct(work, who, Mobile("+212661000998"), "fr"), TooManyChanges)
    with time_machine.travel(clock.now() + DAY), begin(acting(samira)) as work:
        assert isinstance(mobiles.correct(work, who, Mobile("+212661000998"), "fr"), mobiles.Change)


def test_an_advisor_corrects_so_many_mobiles_a_day_and_it_is_an_alarm(
    samira: Desk, karim: Browser, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of different people; another advisor still may."""
    monkeypatch.setattr(mobiles, "MOST_BY_AN_ADVISOR", 1)
    nadia = Actor("advisor", str(hire("n.idrissi")), "console")
    assert MOST_BY_AN_ADVISOR > 1
    with begin(acting(samira)) as work:
        assert isinstance(mobiles.correct(work, insured(work, HICHAM), Mobile("+212661000999"), "fr"), mobiles.Change)
        refused = mobiles.correct(work, insured(work, KHADIJA), Mobile("+212661000998"), "fr")
        assert isinstance(refused, TooManyChanges)
    with begin(nadia) as work:
        assert isinstance(mobiles.correct(work, insured(work, KHADIJA), Mobile("+212661000998"), "fr"), mobiles.Change)
    floor.forget_all()
    page = karim.opens("floor").text
    assert "a changé 1 numéros de mobile en un jour" in page
    assert "661000999" not in page
    assert "Numéros de mobile changés" in karim.opens(f"floor/advisors/{samira.id}").text


def test_changes_of_mobiles_are_erased_after_a_month(samira: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the numbers in them, a slice at a time; what may still be taken back stays."""
    monkeypatch.setattr(mobiles, "SLICE", 1)
    with begin(acting(samira)) as work:
        for number, who in enumerate((HICHAM, KHADIJA)):
            mobiles.correct(work, insured(work, who), Mobile(f"+21266100099{number}"), "fr")
    for later, left in ((mobiles.KEPT - DAY, 2), (mobiles.KEPT + DAY, 1), (mobiles.KEPT + DAY, 0)):
        with time_machine.travel(clock.now() + later), begin(Actor("job", "clock")) as work:
            mobiles.erase_old(work)
        assert len(rows("mobile_changes")) == left
