"""Ledgers drawn at random, as people's are: mostly steady payers who stopped, began again, overpaid, paid late."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from backend.rules.ledger import Charge, Payment
from backend.values import Month
from tests.rules.workers import due

FIRST, RESUMED = Month(2023, 4), Month(2023, 12)
TURNING = [
    *(date(2023, 12, day) for day in (3, 4, 10, 31)),
    *(date(2024, month, day) for month, day in [(1, 1), (1, 10), (1, 11), (4, 30), (5, 1), (6, 1), (6, 11), (7, 1)]),
    *(date(2025, month, day) for month, day in [(1, 10), (2, 28), (3, 10), (3, 11), (4, 1), (5, 10), (5, 11), (7, 1)]),
]
days = st.sampled_from(TURNING) | st.dates(date(2023, 8, 1), date(2025, 9, 1))


@dataclass(frozen=True)
class Drawn:
    """Somebody's ledger, and the day on which it is read."""

    category: str
    amo_from: date
    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]
    today: date


def amounts(*usual: str) -> st.SearchStrategy[Decimal]:
    """Return amounts of dirhams, mostly the first."""
    return st.sampled_from([usual[0]] * 4 + list(usual)).map(Decimal)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Draw a ledger of two years around the measure."""
    last = draw(st.integers(6, 26) | st.just(26))
    begun = draw(st.integers(0, 4))
    skipped = draw(st.sets(st.integers(0, 26), max_size=2)) if draw(st.integers(0, 3)) == 0 else set()
    charges = [draw(a_charge(FIRST + n)) for n in range(begun, last + 1) if n not in skipped]
    stopped = draw(st.integers(0, 3))  # so many months of 2023 were paid before that
    steady = draw(st.sampled_from(["always", "always", "mostly", "hardly"]))
    since = draw(st.dates(date(2023, 12, 20), date(2024, 5, 5)))
    early = draw(st.sampled_from([0, 0, 0, 30, 400]))
    rows = []
    for n, charge in enumerate(charges):
        if charge.month < RESUMED:
            if n < stopped or draw(st.integers(0, 9)) == 0:
                rows.append((charge, draw(a_delay)))
        elif steady == "always" or draw(st.integers(0, 9)) < {"mostly": 9, "hardly": 3}[steady]:
            on_time = charge.due_date - timedelta(early + draw(st.integers(0, 5)))
            delay = (max(on_time, since) - charge.due_date).days
            rows.append((charge, delay if draw(st.integers(0, 15)) else draw(a_delay)))
    paid = [(c.month, c.contribution, c.due_date + timedelta(delay)) for c, delay in rows]
    paid += draw(
        st.lists(st.tuples(months_charged, amounts("300", "1", "100", "318", "600", "900", "5000"), days), max_size=4)
    )
    payments = [
        Payment(f"P{n:03}", month, amount, on) for n, (month, amount, on) in enumerate(draw(st.permutations(paid)))
    ]
    return Drawn(
        draw(st.sampled_from([*["cpu"] * 9, "employee"])),
        draw(st.sampled_from([date(2022, 1, 1)] * 3 + [date(2023, 9, 1), date(2024, 2, 15), date(2024, 9, 1)])),
        tuple(charges),
        tuple(payments),
        draw(days),
    )


a_delay = st.integers(-45, 0) | st.integers(0, 100) | st.integers(0, 400)
months_charged = st.integers(0, 27).map(lambda n: FIRST + n)


@st.composite
def a_charge(draw: st.DrawFn, month: Month) -> Charge:
    """Draw the charge of a month: mostly 300, due on the tenth of the next month, with or without penalty and fee."""
    shift = draw(st.sampled_from([0] * 12 + [-10, -9, 20, 70]))
    return Charge(
        month,
        due(month) + timedelta(shift),
        draw(amounts("300", "300", "300", "100.50", "0")),
        draw(amounts("0", "18")),
        draw(amounts("0", "25")),
    )
