"""The debt cancellation (law 41.23; product.md, "Debt cancellation"), by examples worked out by hand."""

import pytest

from backend.rules.cancellation import CancelledLine
from backend.values import Dirhams, Month
from tests.rules.workers import Worker, day, in_debt, months

SITUATIONS_BY_DAY = [
    ("2023-12-03", "not-concerned"),
    ("2023-12-04", "upcoming"),
    ("2023-12-31", "upcoming"),
    ("2024-01-01", "open"),
    ("2024-04-30", "open"),
    ("2024-05-01", "missed"),
    ("2026-11-22", "missed"),
]


def begun(charged_to: str = "2025-06", first_payment_on: str = "2024-02-12") -> Worker:
    """Return a worker in debt since 2023-06 who paid all that isn't covered on the day of the first payment."""
    worker = in_debt("2023-06", charged_to, penalty="18", fee="25")
    for month in months("2023-12", first_payment_on[:7]):
        worker.pays(str(month), on=first_payment_on)
    return worker


def written(month: str, on: str, contribution: str = "300") -> CancelledLine:
    """Return a line of the ledger that says what was cancelled."""
    return CancelledLine(Month.parse(month), day(on), Dirhams(contribution), Dirhams("18.00"), Dirhams("25.00"))


@pytest.mark.parametrize(("today", "situation"), SITUATIONS_BY_DAY)
def test_somebody_in_debt_who_pays_nothing(today: str, situation: str) -> None:
    """Before 2023-12-04 there is no measure; then upcoming, open from 2024-01-01 to 2024-04-30, and missed."""
    assert in_debt().on(today).cancellation.situation == situation


@pytest.mark.parametrize(("unpaid_from", "situation"), [("2023-10", "not-concerned"), ("2023-09", "open")])
def test_three_unpaid_months_up_to_november_2023_concern(unpaid_from: str, situation: str) -> None:
    """A TNS with at least three unpaid months among those up to and including 2023-11: later ones don't count."""
    cancellation = in_debt(unpaid_from).on("2024-03-20").cancellation
    assert cancellation.situation == situation
    assert cancellation.unpaid_months == {"2023-10": 2, "2023-09": 3}[unpaid_from]


@pytest.mark.parametrize("category", ["employee", "pensioner"])
def test_only_a_self_employed_worker_is_concerned(category: str) -> None:
    """not-concerned: not a TNS, no charges for those months, or fewer than three unpaid."""
    worker = in_debt()
    worker.category = category
    found = worker.on("2024-03-20")
    assert (found.cancellation.situation, found.amo.status) == ("not-concerned", "unknown")
    assert found.balance.owed > 0


def test_without_charges_nobody_is_concerned() -> None:
    """No charges for those months: somebody new, or with no ledger at all."""
    assert Worker().on("2024-03-20").cancellation.situation == "not-concerned"
    assert Worker().charged("2023-12", "2024-02").on("2024-03-20").cancellation.situation == "not-concerned"


def test_a_month_paid_but_for_its_penalty_is_not_unpaid() -> None:
    """A month is unpaid while its contribution isn't wholly paid."""
    worker = in_debt("2023-09", penalty="18").pays("2023-10", on="2023-12-31")
    assert worker.on("2024-03-20").cancellation.situation == "not-concerned"


@pytest.mark.parametrize(("paid_on", "situation"), [("2023-12-31", "not-concerned"), ("2024-01-01", "open")])
def test_who_is_concerned_is_counted_on_the_payments_of_2023(paid_on: str, situation: str) -> None:
    """Counted once on the payments dated up to 2023-12-31: later payments never change it."""
    worker = in_debt("2023-09").pays("2023-09", on=paid_on)
    assert worker.on("2024-03-20").cancellation.situation == situation


def test_before_2024_the_records_of_the_day_count() -> None:
    """Before then, on the day's records: who pays in December is no longer concerned."""
    worker = in_debt("2023-09").pays("2023-09", on="2023-12-20")
    situations = [worker.on(today).cancellation.situation for today in ("2023-12-19", "2023-12-20")]
    assert situations == ["upcoming", "not-concerned"]


def test_charges_imported_late_count() -> None:
    """Nobody is left out because a list came late."""
    worker = in_debt("2023-10")
    assert worker.on("2024-03-20").cancellation.situation == "not-concerned"
    assert worker.charged("2021-12").on("2024-03-20").cancellation.situation == "open"


def test_covered_is_all_that_is_still_owed_up_to_november_2023() -> None:
    """Contributions, penalties, fees, the rest of months paid in part; covered amounts stay owed until granted."""
    worker = in_debt("2023-09", "2024-02", penalty="18", fee="25").pays("2023-09", "310", on="2024-01-15")
    found = worker.on("2024-03-20")
    assert found.cancellation.covered == 33 + 343 + 343
    assert found.balance.owed == 719 + 3 * 300
    assert found.cancellation.unpaid_months == 3


@pytest.mark.parametrize("today", ["2023-12-03", "2024-05-01"])
def test_nothing_is_covered_where_nothing_can_be_cancelled(today: str) -> None:
    """Before the measure, and once it is missed."""
    assert in_debt().on(today).cancellation.covered == 0


def test_what_is_not_yet_due_is_not_yet_covered() -> None:
    """What can be cancelled is part of what is owed: November is due on 10 December."""
    assert in_debt("2023-06").on("2023-12-10").cancellation.covered == 5 * 300
    assert in_debt("2023-06").on("2023-12-11").cancellation.covered == 6 * 300


@pytest.mark.parametrize(
    ("paid_on", "first_payment_on"),
    [("2023-12-31", None), ("2024-01-01", "2024-01-01"), ("2024-04-30", "2024-04-30"), ("2024-05-01", None)],
)
def test_a_first_payment_is_of_january_to_april_2024(paid_on: str, first_payment_on: str | None) -> None:
    """The earliest, paid_on from 2024-01-01 to 2024-04-30, by which a month from 2023-12 on becomes wholly paid."""
    found = in_debt().pays("2024-02", on=paid_on).on("2024-05-02").cancellation.first_payment_on
    assert found == (day(first_payment_on) if first_payment_on else None)


def test_a_part_payment_counts_on_the_day_that_completes_it() -> None:
    """Begun before the window or in it, completed in it."""
    worker = in_debt().pays("2023-12", "200", on="2023-12-28").pays("2023-12", "50", on="2024-01-20")
    assert worker.on("2024-04-30").cancellation.first_payment_on is None
    found = worker.pays("2023-12", "50", on="2024-03-02").on("2024-04-30").cancellation
    assert (found.situation, found.first_payment_on) == ("in-progress", day("2024-03-02"))


def test_a_payment_for_november_or_earlier_does_not_count() -> None:
    """It settles the old month, and begins nothing."""
    cancellation = in_debt().pays("2023-11", on="2024-02-12").on("2024-03-20").cancellation
    assert (cancellation.situation, cancellation.first_payment_on) == ("open", None)


def test_what_such_a_payment_leaves_over_counts_for_the_month_that_it_settles() -> None:
    """That part is no longer for the old month: by it December becomes wholly paid (the kinder reading)."""
    cancellation = in_debt().pays("2023-11", "600", on="2024-02-12").on("2024-03-20").cancellation
    assert cancellation.first_payment_on == day("2024-02-12")


def test_december_paid_before_2024_leaves_open_until_another_month_is_paid() -> None:
    """December 2023 paid before 2024 leaves the person `open` until another month is paid in the window."""
    worker = in_debt().pays("2023-12", on="2023-12-28")
    assert worker.on("2024-01-20").cancellation.situation == "open"
    worker.pays("2024-01", on="2024-02-05")
    assert worker.on("2024-02-05").cancellation.first_payment_on == day("2024-02-05")


@pytest.mark.parametrize("today", ["2024-04-30", "2024-05-01", "2026-11-22"])
def test_somebody_who_paid_all_months_beforehand_goes_to_an_advisor(today: str) -> None:
    """Somebody who paid all such months beforehand goes to an advisor, never `missed`."""
    worker = in_debt(charged_to="2024-03")
    for month in months("2023-12", "2024-03"):
        worker.pays(str(month), on="2023-12-29")
    cancellation = worker.on(today).cancellation
    assert (cancellation.situation, cancellation.advisor, cancellation.first_payment_on) == ("open", True, None)


def test_a_month_that_falls_due_after_the_window_need_not_be_paid_beforehand() -> None:
    """April is due on 10 May: who was never late missed nothing (the kinder reading), but could have paid it."""
    worker = in_debt(charged_to="2024-05")
    for month in months("2023-12", "2024-03"):
        worker.pays(str(month), on="2023-12-29")
    found = [worker.on(today).cancellation for today in ("2024-04-30", "2024-05-01", "2024-07-20")]
    assert [cancellation.situation for cancellation in found] == ["open"] * 3
    assert [cancellation.advisor for cancellation in found] == [False, True, True]


def test_somebody_who_left_one_such_month_unpaid_missed_it() -> None:
    """March fell due in the window, and was not paid in it; paid in May is too late."""
    worker = in_debt(charged_to="2024-03")
    for month in months("2023-12", "2024-02"):
        worker.pays(str(month), on="2023-12-29")
    worker.pays("2024-03", on="2024-05-01")
    cancellation = worker.on("2024-05-02").cancellation
    assert (cancellation.situation, cancellation.advisor) == ("missed", False)


def test_somebody_who_had_nothing_to_pay_in_the_window_goes_to_an_advisor() -> None:
    """No month from 2023-12 on was charged: it is missed by the table, and a person looks at it."""
    worker = Worker().charged("2023-06", "2023-11")
    assert worker.on("2024-04-30").cancellation.advisor
    found = worker.on("2024-05-01").cancellation
    assert (found.situation, found.advisor) == ("missed", True)


def test_the_twelve_months_follow_the_month_of_the_first_payment() -> None:
    """First payment in February 2024: March 2024 to February 2025, paid in advance or late is paid."""
    worker = begun("2025-04").pays("2024-06", on="2024-03-01").pays("2024-03", on="2024-06-15")
    cancellation = worker.on("2024-06-20").cancellation
    assert [*cancellation.paid] == [Month(2024, 3), Month(2024, 6)]
    assert sorted([*cancellation.paid, *cancellation.missing]) == months("2024-03", "2025-02")
    assert (cancellation.months_paid, cancellation.months_required) == (2, 12)


def test_a_month_past_due_interrupts_until_it_is_paid() -> None:
    """One of the twelve months is past its due date, unpaid: an advisor decides; paid late is paid."""
    worker = begun().pays("2024-03", on="2024-04-20")
    found = [worker.on(today).cancellation for today in ("2024-04-10", "2024-04-11", "2024-04-19", "2024-04-20")]
    assert [cancellation.situation for cancellation in found] == [
        "in-progress",
        "interrupted",
        "interrupted",
        "in-progress",
    ]
    assert [cancellation.advisor for cancellation in found] == [False, True, True, False]


def test_a_penalty_of_the_twelve_months_interrupts_nothing() -> None:
    """Paid means the contribution."""
    worker = Worker().charged("2023-08", "2024-02").charged("2024-03", penalty="18").charged("2024-04")
    for month in months("2023-12", "2024-02"):
        worker.pays(str(month), on="2024-02-12")
    assert worker.pays("2024-03", on="2024-04-15").on("2024-04-20").cancellation.situation == "in-progress"


@pytest.mark.parametrize(("today", "advisor"), [("2024-06-10", False), ("2024-06-11", True)])
def test_a_month_without_a_charge_goes_to_an_advisor_past_the_tenth_of_the_next(today: str, advisor: bool) -> None:
    """A month without a charge is neither paid nor missed, and past the 10th of the next month goes to an advisor."""
    worker = begun("2024-04").charged("2024-06", "2024-07").pays("2024-03", on="2024-04-01")
    worker.pays("2024-04", on="2024-05-01")
    cancellation = worker.on(today).cancellation
    assert (cancellation.situation, cancellation.months_paid, cancellation.advisor) == ("in-progress", 2, advisor)


def test_granted_on_the_day_of_the_last_condition() -> None:
    """All conditions met: the covered amounts are cancelled, and it holds in every figure from then on."""
    worker = begun("2025-03").on_time("2024-03", "2025-02")
    before, found = worker.on("2025-03-09"), worker.on("2025-03-10")
    assert (before.cancellation.situation, before.cancellation.months_paid) == ("in-progress", 11)
    assert before.balance.owed == before.cancellation.covered == 6 * 343
    assert (found.cancellation.situation, found.cancellation.granted_on) == ("granted", day("2025-03-10"))
    assert (found.balance.months, found.balance.owed) == (0, Dirhams(0))
    assert found.cancellation.covered == 6 * 343
    assert found.cancellation.months_paid == 12


def test_paid_in_advance_is_granted_at_once() -> None:
    """No day has to pass."""
    worker = begun("2025-02")
    for month in months("2024-03", "2025-02"):
        worker.pays(str(month), on="2024-03-01")
    assert worker.on("2024-03-01").cancellation.granted_on == day("2024-03-01")


def test_months_before_the_twelve_are_to_be_paid_too() -> None:
    """Months from 2023-12 to that of the first payment aren't covered: `granted` needs them paid too."""
    worker = in_debt("2023-06", "2025-03").pays("2024-02", on="2024-02-12").on_time("2024-03", "2025-02")
    found = worker.on("2025-03-20")
    assert (found.cancellation.situation, found.cancellation.months_paid) == ("in-progress", 12)
    assert found.cancellation.before == (Month(2023, 12), Month(2024, 1))
    assert found.balance.owed == 8 * 300
    worker.pays("2023-12", "600", on="2025-03-25")
    assert worker.on("2025-03-25").cancellation.granted_on == day("2025-03-25")


def test_a_month_before_the_twelve_without_a_charge_is_not_waited_for() -> None:
    """There is nothing to pay for it."""
    worker = Worker().charged("2023-06", "2023-11").charged("2024-01", "2025-02").pays("2024-01", on="2024-02-12")
    worker.pays("2024-02", on="2024-02-12").on_time("2024-03", "2025-02")
    assert worker.on("2025-03-10").cancellation.situation == "granted"


def test_the_lines_to_write_say_month_parts_and_day() -> None:
    """What was cancelled of each month, dated on the day of the grant; months paid have none."""
    worker = begun("2025-03").on_time("2024-03", "2025-02").pays("2023-06", "310", on="2024-01-05")
    assert worker.on("2025-03-09").cancellation.lines == ()
    lines = worker.on("2025-03-20").cancellation.lines
    first = CancelledLine(Month(2023, 6), day("2025-03-10"), Dirhams(0), Dirhams(8), Dirhams(25))
    assert lines == (first, *(written(f"2023-{n:02}", "2025-03-10") for n in range(7, 12)))


def test_lines_once_written_are_not_counted_twice() -> None:
    """Before any job writes the ledger's lines, and after: the same."""
    worker = begun("2025-03").on_time("2024-03", "2025-02")
    before = worker.on("2025-03-20")
    worker.cancelled += before.cancellation.lines
    assert worker.on("2025-03-20") == before


def test_a_written_grant_stays() -> None:
    """Whatever is imported later: a line of the ledger says that it was granted, and since when, and covers it all."""
    worker = begun("2025-03").on_time("2024-03", "2025-01")
    worker.cancelled.append(written("2023-06", "2025-03-10"))
    assert worker.on("2025-03-09").cancellation.situation == "in-progress"
    found = worker.on("2025-03-10")
    assert (found.cancellation.situation, found.cancellation.granted_on) == ("granted", day("2025-03-10"))
    assert (found.balance.owed, len(found.cancellation.lines)) == (Dirhams(0), 6)


def test_payments_of_one_day_are_entered_by_their_references() -> None:
    """The last of the twelve months, then a covered month, on one day: it is cancelled by then, and is not paid."""
    worker = begun("2025-03").on_time("2024-03", "2025-02").pays("2023-06", on="2025-03-10")
    worker.payments.reverse()
    found = worker.on("2025-03-10")
    assert found.cancellation.lines[0].contribution == 300
    assert found.months[-1].paid_on == day("2025-03-10")


def test_the_waiting_period_starts_with_the_month_after_the_first_payments() -> None:
    """First payment in February 2024 → March, April, May → AMO from 2024-06-01."""
    assert begun().on("2024-02-12").cancellation.wait_ends_on == day("2024-06-01")
