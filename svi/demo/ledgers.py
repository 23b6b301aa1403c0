"""Ledgers of invented self-employed workers: one way of paying for each situation of the rules.

The debt cancellation is of fixed days, and so are the ways that lead into it; debts of late and rights that close or
reopen are counted back from the business day. Nothing is paid after it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from backend.rules import categories
from backend.rules.ledger import Charge, Payment
from backend.values import CENTIME, Dirhams, Month
from svi.demo.roster import Person

Pays = Callable[[Month, date], date | None]
"""On which day the contribution of a month is paid, as of a business day; None: not at all."""
CONTRIBUTIONS = {"cpu": "300", "auto-entrepreneur": "120", "farmer": "180.50", "craftsperson": "150"}
OTHERS = "642.75"
PENALTY, FEE, FEE_AFTER = Decimal("0.06"), Dirhams.parse("25"), timedelta(180)
LONG_AGO, FOR_EVER = Month(2021, 11), Month(2100, 1)
OWING_FROM, RESUMED = Month(2022, 8), Month(2023, 12)


@dataclass(frozen=True)
class Way:
    """How somebody pays. `last` is how often the newest month's amount was paid: a half, or twelve times."""

    pays: Pays
    charged_to: Month = LONG_AGO
    uncharged: frozenset[Month] = frozenset()
    penalties_too: bool = True
    last: Decimal = Decimal(1)


def due(month: Month) -> date:
    """Return the day on which a month is due: the tenth of the next."""
    return (month + 1).first_day.replace(day=10)


def on_time(month: Month, _today: date) -> date:
    """Pay two days early."""
    return due(month) - timedelta(2)


def never(_month: Month, _today: date) -> None:
    """Pay nothing."""


def _resumes(*together: Month, on: date, to: Month = FOR_EVER, then: Pays = on_time) -> Pays:
    """Pay from some month of the measure on: some months `together` on a day, those after them `then`."""

    def pays(month: Month, today: date) -> date | None:
        if month < OWING_FROM:
            return on_time(month, today)
        if month < together[0] or month > to:
            return None
        return on if month in together else then(month, today)

    return pays


def _stops(months_ago: int) -> Pays:
    return lambda month, today: on_time(month, today) if month < Month.of(today) + -months_ago else None


def _catches_up(behind: range, months_ago: int) -> Pays:
    """Be so many months behind, then pay all of them in the first days of a month."""

    def pays(month: Month, today: date) -> date:
        this = Month.of(today)
        if month in [this + -ago for ago in behind]:
            return min((this + -months_ago).first_day + timedelta(3), today)
        return on_time(month, today)

    return pays


def _late(days: int, months: range) -> Pays:
    def pays(month: Month, today: date) -> date:
        is_late = month in [Month.of(today) + -ago for ago in months]
        return due(month) + timedelta(days) if is_late else on_time(month, today)

    return pays


def _but(*unpaid: Month) -> Pays:
    return lambda month, today: None if month in unpaid else on_time(month, today)


def _forty_days_late(month: Month, _today: date) -> date:
    return due(month) + timedelta(40)


def _days_ago(month: Month, today: date) -> date:
    return min(on_time(month, today), today - timedelta(2))


_FEBRUARY = date(2024, 2, 12)
_PAIR = (RESUMED, Month(2024, 1))
_YEAR_AHEAD = tuple(RESUMED + n for n in range(15))
_UNTIL_MARCH = tuple(RESUMED + n for n in range(4))
WAYS: dict[str, Way] = {
    "regular": Way(on_time),
    "never-paid": Way(never),
    "resumed": Way(_resumes(*_PAIR, on=_FEBRUARY)),
    "resumed-then-stopped": Way(_resumes(*_PAIR, on=_FEBRUARY, to=Month(2024, 6))),
    "stopped-at-once": Way(_resumes(RESUMED, on=date(2024, 1, 8), to=Month(2024, 1))),
    "resumed-always-late": Way(_resumes(RESUMED, on=date(2024, 1, 8), then=_forty_days_late)),
    "a-year-in-advance": Way(_resumes(*_YEAR_AHEAD, on=date(2024, 2, 20)), charged_to=_YEAR_AHEAD[-1]),
    "before-the-window": Way(_resumes(*_UNTIL_MARCH, on=date(2023, 12, 18)), charged_to=_UNTIL_MARCH[-1]),
    "december-left": Way(_resumes(Month(2024, 1), on=_FEBRUARY)),
    "a-month-uncharged": Way(_resumes(*_PAIR, on=_FEBRUARY), uncharged=frozenset({Month(2024, 9)})),
    "two-old-months": Way(_but(Month(2022, 9), Month(2022, 10))),
    "two-months-behind": Way(_stops(2)),
    "rights-closed": Way(_stops(4)),
    "caught-up": Way(_catches_up(range(2, 6), 0)),
    "caught-up-long-ago": Way(_catches_up(range(8, 13), 6)),
    "penalties-left": Way(_late(25, range(6, 9)), penalties_too=False),
    "half-of-the-next": Way(_days_ago, last=Decimal("0.5")),
    "in-credit": Way(_days_ago, last=Decimal(12)),
    "nothing-due": Way(_days_ago),
}
"""What each leads to on a day, the rules alone say: `svi.demo.situations` asks them."""


def charges(person: Person, way: Way, today: date) -> tuple[Charge, ...]:
    """Return what is due of somebody for each month, up to that of the business day or the one charged in advance."""
    own_amo = date.fromisoformat(person.amo_from) if person.amo_from else None
    own_month = Month.parse(person.contributions_from) if person.contributions_from else None
    month = categories.opening(person.category, own_month, own_amo).contributions_from
    found = []
    while month <= max(Month.of(today), way.charged_to):
        if month not in way.uncharged:
            found.append(_charge(month, CONTRIBUTIONS.get(person.category, OTHERS), way, today))
        month += 1
    return tuple(found)


def _charge(month: Month, amount: str, way: Way, today: date) -> Charge:
    """Return a month's charge: a penalty once it was late, a fee once it was late for half a year."""
    contribution, last_day = Dirhams.parse(amount), due(month)
    settled = min(way.pays(month, today) or today, today)
    penalty = (contribution * PENALTY).quantize(CENTIME) if settled > last_day else Decimal(0)
    fee = FEE if settled > last_day + FEE_AFTER else Decimal(0)
    return Charge(month, last_day, contribution, penalty, fee)


def payments(person: Person, charged: tuple[Charge, ...], way: Way, today: date) -> Iterator[Payment]:
    """Give what somebody paid up to the business day, each month by a payment of its own."""
    paid = [(charge, day) for charge in charged if (day := way.pays(charge.month, today)) and day <= today]
    for charge, day in paid:
        due_then = charge.contribution
        if way.penalties_too:
            due_then += charge.penalty + charge.enforcement_fee
        if charge is paid[-1][0]:
            due_then = (due_then * way.last).quantize(CENTIME)
        yield Payment(f"D{person.registration_number}{charge.month}", charge.month, due_then, day)
