"""When AMO opens, closes and opens again (product.md, "AMO of a TNS"), by examples worked out by hand."""

import pytest

from backend.rules import parameters
from backend.rules.amo import Amo, Spell
from backend.rules.cancellation import CancelledLine
from backend.values import Dirhams, Month
from tests.rules.workers import Worker, day, in_debt, months


def amo(worker: Worker, today: str) -> tuple[str, str]:
    """Return status and `opens_on`."""
    found = worker.on(today).amo
    return found.status, str(found.opens_on)


def begun(charged_to: str = "2025-06") -> Worker:
    """Return a worker in debt since 2023-06 whose first payment was in February 2024, and who owes nothing since."""
    worker = in_debt("2023-06", charged_to)
    for month in months("2023-12", "2024-02"):
        worker.pays(str(month), on="2024-02-12")
    return worker


@pytest.mark.parametrize(
    ("category", "opens"),
    [
        ("cpu", "2022-01-01"),
        ("accounting-trader", "2022-02-01"),
        ("doctor", "2022-02-01"),
        ("auto-entrepreneur", "2022-03-01"),
    ],
)
def test_a_spell_of_rights_begins_on_the_category_s_day(category: str, opens: str) -> None:
    """A spell of rights begins on the category's day; `opens_on` is the first day of the current spell."""
    assert amo(Worker(category), "2024-03-20") == ("open", opens)


def test_the_record_s_day_comes_before_the_category_s() -> None:
    """Or the imported record's: a farmer has no other."""
    worker = Worker("farmer", contributions_from=Month(2022, 6), amo_from=day("2022-07-01"))
    assert amo(worker, "2024-03-20") == ("open", "2022-07-01")


def test_before_that_day_rights_are_waited_for() -> None:
    """Else the first day of the next spell, when known."""
    assert amo(Worker(), "2021-12-31") == ("waiting", "2022-01-01")
    assert amo(Worker(), "2022-01-01") == ("open", "2022-01-01")


@pytest.mark.parametrize("category", ["employee", "pensioner"])
def test_amo_of_somebody_else_is_unknown(category: str) -> None:
    """`unknown` for somebody who isn't a TNS."""
    assert Worker(category).on("2024-03-20").amo == Amo("unknown", None)


@pytest.mark.parametrize(("today", "status"), [("2022-08-10", "open"), ("2022-08-11", "closed")])
def test_three_months_past_due_close_rights(today: str, status: str) -> None:
    """It ends when three months are past due with their contribution unpaid: May, June, and July due on 10 August."""
    worker = Worker().charged("2022-01", "2022-12").on_time("2022-01", "2022-04")
    assert worker.on(today).amo.status == status


def test_a_payment_on_the_day_itself_keeps_them_open() -> None:
    """The third month is past due on 11 August, and paid on it."""
    worker = Worker().charged("2022-05", "2022-07").pays("2022-06", on="2022-08-11")
    assert amo(worker, "2022-08-20") == ("open", "2022-01-01")


def test_penalties_alone_never_close_rights() -> None:
    """Nor do fees; and a month paid in part is unpaid."""
    worker = Worker().charged("2022-01", "2022-06", penalty="18", fee="25")
    for month in months("2022-01", "2022-04"):
        worker.pays(str(month), on="2022-05-01")
    assert worker.on("2022-07-11").amo.status == "open"
    worker.charged("2022-07").pays("2022-07", "299", on="2022-08-01")
    assert worker.on("2022-08-11").amo.status == "closed"


def test_rights_open_again_on_the_first_of_the_month_after_the_debt_falls() -> None:
    """By `paid_on`, `waiting` until then."""
    worker = Worker().charged("2022-01", "2022-03").pays("2022-02", on="2022-05-20")
    days = ("2022-05-19", "2022-05-20", "2022-05-31", "2022-06-01", "2024-01-01")
    opened = ("open", "2022-06-01")
    assert [amo(worker, today) for today in days] == [
        ("closed", "None"),
        ("waiting", "2022-06-01"),
        ("waiting", "2022-06-01"),
        opened,
        opened,
    ]


def test_another_month_past_due_meanwhile_keeps_them_closed() -> None:
    """Three again before the first of the month: the next spell begins after the next payment."""
    worker = Worker().charged("2022-01", "2022-04").pays("2022-01", on="2022-05-05").pays("2022-02", on="2022-07-31")
    days = ("2022-05-10", "2022-05-11", "2022-06-01", "2022-07-31", "2022-08-01")
    assert [amo(worker, today) for today in days] == [
        ("waiting", "2022-06-01"),
        ("closed", "None"),
        ("closed", "None"),
        ("waiting", "2022-08-01"),
        ("open", "2022-08-01"),
    ]


def test_a_payment_on_the_first_of_a_month_opens_rights_on_the_first_of_the_next() -> None:
    """The month after the one in which it was paid."""
    worker = Worker().charged("2022-01", "2022-03").pays("2022-02", on="2022-06-01")
    assert amo(worker, "2022-06-01") == ("waiting", "2022-07-01")


def test_a_month_past_due_on_the_first_of_the_month_comes_before_the_opening() -> None:
    """No spell of no day: April, due on 31 May, is the third on 1 June."""
    worker = (
        Worker().charged("2022-01", "2022-03").pays("2022-01", on="2022-05-20").charged("2022-04", due_on="2022-05-31")
    )
    assert amo(worker, "2022-05-31") == ("waiting", "2022-06-01")
    assert worker.on("2022-06-01").amo == Amo("closed", None, (Spell(day("2022-01-01"), day("2022-04-11")),))


def test_all_spells_are_told() -> None:
    """A spell ends on the first day without rights."""
    worker = (
        Worker().charged("2022-01", "2022-05").pays("2022-01", on="2022-04-20").pays("2022-02", "600", on="2022-06-20")
    )
    assert worker.on("2022-12-01").amo.spells == (
        Spell(day("2022-01-01"), day("2022-04-11")),
        Spell(day("2022-05-01"), day("2022-05-11")),
        Spell(day("2022-07-01"), None),
    )


def test_in_the_cancellation_amo_opens_after_the_waiting_period() -> None:
    """Covered months stop counting from the first day of the fourth month after the first payment's month."""
    worker = begun().on_time("2024-03", "2025-02")
    waits, opened = ("waiting", "2024-06-01"), ("open", "2024-06-01")
    days = {"2024-02-11": ("closed", "None"), "2024-02-12": waits, "2024-05-31": waits, "2024-06-01": opened}
    assert {today: amo(worker, today) for today in days} == days
    assert amo(worker, "2025-03-10") == opened, "granted"


def test_while_interrupted_covered_months_count_again() -> None:
    """`interrupted`: they count again, and once paid AMO opens on the first of the next month."""
    worker = begun().on_time("2024-03", "2024-05").pays("2024-06", on="2024-07-20").on_time("2024-07", "2024-12")
    days = {
        "2024-07-10": ("open", "2024-06-01"),
        "2024-07-11": ("closed", "None"),
        "2024-07-20": ("waiting", "2024-08-01"),
        "2024-08-01": ("open", "2024-08-01"),
    }
    assert {today: amo(worker, today) for today in days} == days


def test_interrupted_while_waiting_and_paid_late_opens_after_the_same_waiting_period() -> None:
    """The waiting period is not begun again: paid late is paid."""
    worker = begun().pays("2024-03", on="2024-04-20").on_time("2024-04", "2025-02")
    days = {
        "2024-04-11": ("closed", "None"),
        "2024-04-20": ("waiting", "2024-06-01"),
        "2024-06-01": ("open", "2024-06-01"),
    }
    assert {today: amo(worker, today) for today in days} == days


def test_interrupted_on_the_day_on_which_the_wait_ends() -> None:
    """Old months paid on that very day bring the debt below three: the first of the month after, as for anybody."""
    worker = begun("2024-04").pays("2024-04", on="2024-05-10")
    for month in months("2023-06", "2023-10"):
        worker.pays(str(month), on="2024-06-01")
    assert worker.on("2024-06-01").cancellation.situation == "interrupted"
    assert amo(worker, "2024-06-01") == ("waiting", "2024-07-01")


def test_an_interruption_ended_by_a_grant_on_the_ledger_opens_rights_the_next_month() -> None:
    """An advisor decides: from the day of the line on, covered months count no more."""
    worker = begun("2024-03")
    worker.cancelled.append(CancelledLine(Month(2023, 6), day("2024-08-15"), Dirhams(300), Dirhams(0), Dirhams(0)))
    assert amo(worker, "2024-08-14") == ("closed", "None")
    assert amo(worker, "2024-10-20") == ("open", "2024-09-01")


def test_the_record_s_day_may_be_later_than_the_end_of_the_wait() -> None:
    """Rights begin on the day on record, not before."""
    worker = begun("2024-02")
    worker.amo_from = day("2024-09-01")
    assert amo(worker, "2024-03-20") == ("waiting", "2024-09-01")


def test_rights_already_open_stay_open() -> None:
    """Who paid old months until fewer than three were unpaid is not closed again by waiting."""
    worker = in_debt("2023-08", "2025-06")
    worker.pays("2023-08", on="2024-01-05").pays("2023-09", on="2024-01-05")
    worker.pays("2024-01", on="2024-02-05").on_time("2024-02", "2024-12")
    assert worker.on("2024-02-05").cancellation.situation == "in-progress"
    assert amo(worker, "2024-02-05") == ("waiting", "2024-06-01"), "October, November and December are unpaid"
    worker.pays("2023-12", on="2024-02-06")
    assert amo(worker, "2024-03-01") == ("open", "2024-03-01")
    assert amo(worker, "2024-06-01") == ("open", "2024-03-01")


def test_covered_months_do_not_close_rights_while_waiting() -> None:
    """Open since February with two covered months unpaid: February, past due in March, is not the third."""
    worker = in_debt("2023-08", "2024-06").pays("2023-12", on="2023-12-28")
    worker.pays("2023-08", on="2024-01-05").pays("2023-09", on="2024-01-05").pays("2024-01", on="2024-02-05")
    opened = ("open", "2024-02-01")
    assert [amo(worker, today) for today in ("2024-02-05", "2024-03-11", "2024-04-10")] == [opened] * 3
    assert worker.on("2024-04-11").cancellation.situation == "interrupted"
    assert amo(worker, "2024-04-11") == ("closed", "None"), "they count again"


def test_months_that_are_not_covered_count_in_the_cancellation_too() -> None:
    """Three of them past due close rights, `in-progress` or not."""
    worker = in_debt("2023-06", "2024-03").pays("2024-03", on="2024-03-05")
    assert amo(worker, "2024-03-10") == ("waiting", "2024-07-01")
    assert worker.on("2024-03-11").cancellation.situation == "in-progress"
    assert amo(worker, "2024-03-11") == ("closed", "None")


def test_granted_in_advance_waits_all_the_same() -> None:
    """Covered months stop counting after the waiting period, while in progress or granted."""
    worker = begun("2025-02")
    for month in months("2024-03", "2025-02"):
        worker.pays(str(month), on="2024-02-12")
    assert worker.on("2024-02-12").cancellation.situation == "granted"
    assert amo(worker, "2024-02-12") == ("waiting", "2024-06-01")


def test_a_grant_on_the_ledger_without_a_first_payment_opens_rights_the_next_month() -> None:
    """A line written by a person's decision: nothing is waited for, and a later payment begins nothing."""
    worker = in_debt().pays("2024-01", on="2024-03-02")
    worker.cancelled.append(CancelledLine(Month(2023, 6), day("2024-02-01"), Dirhams(300), Dirhams(0), Dirhams(0)))
    assert amo(worker, "2024-02-01") == ("waiting", "2024-03-01")
    assert amo(worker, "2024-03-02") == ("open", "2024-03-01")
    found = worker.on("2024-03-02").cancellation
    assert (found.situation, found.first_payment_on, found.wait_ends_on) == ("granted", None, None)


def test_the_number_of_months_that_closes_rights_has_no_source_and_says_so() -> None:
    """No source gives the figure, and the file says so."""
    (value,) = parameters.history("amo")["amo-closed-from-months"]
    assert value.value == 3
    assert value.source.startswith("none")
