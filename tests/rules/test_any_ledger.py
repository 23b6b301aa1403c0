"""Any ledger, on any day: the rules agree with their plain statement, and with themselves."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.rules.amo import Status
from backend.rules.cancellation import CancelledLine, Situation
from backend.rules.ledger import Payment
from backend.rules.standing import Kind, Standing, standing
from backend.values import Dirhams, Month
from tests.rules.ledgers import Drawn, drawn, months_charged
from tests.rules.plainly import Life


def read(ledger: Drawn, cancelled: tuple[CancelledLine, ...] = ()) -> Standing:
    """Return how somebody stands by the rules."""
    return standing(
        ledger.category,
        Month(2022, 1),
        ledger.amo_from,
        ledger.charges,
        ledger.payments,
        cancelled,
        ledger.today,
    )


def figures(found: Standing) -> dict[str, Any]:
    """Return what the plain statement gives too."""
    balance, cancellation, amo = found.balance, found.cancellation, found.amo
    return {
        "owed": balance.owed,
        "parts": [balance.contributions, balance.penalties, balance.enforcement_fees],
        "months": balance.months,
        "since": balance.since,
        "next_due": (balance.next_due.month, balance.next_due.amount) if balance.next_due else None,
        "credit": balance.credit,
        "situation": cancellation.situation,
        "unpaid_months": cancellation.unpaid_months,
        "covered": cancellation.covered,
        "first_payment_on": cancellation.first_payment_on,
        "granted_on": cancellation.granted_on,
        "paid": list(cancellation.paid),
        "before": list(cancellation.before),
        "wholly_paid_on": {account.charge.month: account.paid_on for account in found.months if account.paid_on},
        "amo": amo.status,
        "opens_on": amo.opens_on,
        "spells": [(spell.opened_on, spell.closed_on) for spell in amo.spells],
    }


def check_plainly(ledger: Drawn, written: date | None) -> None:
    """Hold the rules to their plain statement."""
    lines = (CancelledLine(Month(2023, 9), written, Dirhams(1), Dirhams(1), Dirhams(1)),) if written else ()
    charges = {charge.month: charge for charge in ledger.charges}
    life = Life(charges, ledger.payments, written, ledger.category == "cpu", ledger.amo_from)
    life.live(ledger.today)
    assert figures(read(ledger, lines)) == life.figures()


written = st.none() | st.none() | st.none() | st.dates(date(2024, 2, 1), date(2025, 8, 1))


@settings(max_examples=200)
@given(drawn(), written)
def test_any_ledger_is_read_as_its_plain_statement_reads_it(ledger: Drawn, written: date | None) -> None:
    """Lived through day by day, every figure is the same; lines written by anybody stay, whatever the rest says."""
    check_plainly(ledger, written)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@given(drawn(), written)
def test_ten_thousand_ledgers_are_read_as_their_plain_statement_reads_them(ledger: Drawn, written: date | None) -> None:
    """The same, longer."""
    check_plainly(ledger, written)


def check_itself(ledger: Drawn, shuffled: st.DataObject) -> None:
    """Hold what the rules say of a ledger to what must be so of any."""
    found = read(ledger)
    check_that_it_adds_up(ledger, found)
    check_that_it_can_be_said(ledger, found)
    charges = tuple(shuffled.draw(st.permutations(ledger.charges)))
    payments = tuple(shuffled.draw(st.permutations(ledger.payments)))
    assert read(replace(ledger, charges=charges, payments=payments)) == found, "whatever the order of the lines"
    assert read(ledger, found.cancellation.lines) == found, "written lines count once"


def check_that_it_adds_up(ledger: Drawn, found: Standing) -> None:
    """Charges = settled + cancelled + remaining; payments = settled + credit; nothing is ever below zero."""
    settled = Decimal(0)
    for account in found.months:
        charged = (account.charge.contribution, account.charge.penalty, account.charge.enforcement_fee)
        for n, (whole, left, gone) in enumerate(zip(charged, account.remaining, account.cancelled, strict=True)):
            assert min(left, gone, whole - left - gone) >= 0
            assert whole - left - gone == sum(each.parts[n] for each in account.settled), "payments say by what"
            settled += whole - left - gone
    paid = sum(payment.amount for payment in ledger.payments if payment.paid_on <= ledger.today)
    balance, lines = found.balance, found.cancellation.lines
    assert paid == settled + balance.credit
    assert balance.owed == balance.contributions + balance.penalties + balance.enforcement_fees >= 0
    assert (balance.owed > 0) == (balance.months > 0) == (balance.since is not None)
    assert sum(account.cancelled.total for account in found.months) == sum(
        line.contribution + line.penalty + line.enforcement_fee for line in lines
    )
    assert 0 <= found.cancellation.covered <= balance.owed or lines, "what can be cancelled is part of what is owed"


def check_that_it_can_be_said(ledger: Drawn, found: Standing) -> None:
    """A step is an amount above nothing, by a day that is not past, for a month that is charged."""
    charged = {charge.month for charge in ledger.charges}
    if (step := found.step) and step.kind != "advisor":
        assert step.by is None or step.by >= ledger.today
        assert (step.amount is None) == (step.month is None)
        assert step.amount is None or (step.amount > 0 and step.month in charged)
    assert (step is None) <= (found.balance.owed == 0 or found.cancellation.situation == "in-progress")
    assert (found.amo.opens_on is None) == (found.amo.status in ("closed", "unknown"))
    if found.amo.opens_on:
        assert (found.amo.opens_on <= ledger.today) == (found.amo.status == "open")


@settings(max_examples=200)
@given(drawn(), st.data())
def test_any_ledger_adds_up_in_any_order(ledger: Drawn, shuffled: st.DataObject) -> None:
    """What is said of it can be said, and does not depend on the order in which its lines are read."""
    check_itself(ledger, shuffled)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@given(drawn(), st.data())
def test_ten_thousand_ledgers_add_up_in_any_order(ledger: Drawn, shuffled: st.DataObject) -> None:
    """The same, longer."""
    check_itself(ledger, shuffled)


later_payments = st.lists(
    st.tuples(st.integers(0, 600), months_charged, st.sampled_from(["1", "300", "5000"])), min_size=1, max_size=5
)


def check_later(ledger: Drawn, added: list[tuple[int, Month, str]]) -> None:
    """Compare a ledger with the same, to which payments dated later are added, read later."""
    found = read(ledger)
    more = tuple(
        Payment(f"Q{n}", month, Decimal(amount), max(ledger.today, date(2024, 1, 1)) + timedelta(1 + wait))
        for n, (wait, month, amount) in enumerate(added)
    )
    paid = replace(ledger, payments=ledger.payments + more)
    assert read(paid) == found, "what is dated later is not known yet"
    later = read(replace(paid, today=max(payment.paid_on for payment in more)))
    if ledger.today >= date(2023, 12, 31):
        assert later.cancellation.unpaid_months == found.cancellation.unpaid_months
        assert (later.cancellation.situation == "not-concerned") == (found.cancellation.situation == "not-concerned")
    if found.cancellation.first_payment_on:
        assert later.cancellation.first_payment_on == found.cancellation.first_payment_on
    if found.cancellation.situation == "granted":
        assert later.cancellation.situation == "granted"
        assert later.cancellation.granted_on == found.cancellation.granted_on
        assert later.cancellation.lines == found.cancellation.lines


@settings(max_examples=200)
@given(drawn(), later_payments)
def test_a_later_payment_changes_neither_who_is_concerned_nor_what_is_granted(
    ledger: Drawn, added: list[tuple[int, Month, str]]
) -> None:
    """Counted once, begun once, granted once; and nothing that is dated later is known before."""
    check_later(ledger, added)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@given(drawn(), later_payments)
def test_ten_thousand_ledgers_with_later_payments(ledger: Drawn, added: list[tuple[int, Month, str]]) -> None:
    """The same, longer."""
    check_later(ledger, added)


def test_the_ledgers_drawn_meet_every_situation() -> None:
    """A property that is never put to the test proves nothing."""
    met: set[Any] = set()

    @settings(max_examples=400)
    @given(drawn())
    def look(ledger: Drawn) -> None:
        found = read(ledger)
        met.update((found.cancellation.situation, found.amo.status, found.step.kind if found.step else None))

    look()
    assert met >= {*get_args(Situation), *get_args(Status), *get_args(Kind)}
