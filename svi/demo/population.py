"""Everybody whom the demonstration invents, as of a business day: a few people for each situation, then a crowd."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import NamedTuple

from backend.claims import Claim
from backend.rules import categories
from backend.rules.benefits import Relative, Salary
from backend.rules.ledger import Charge, Payment
from backend.values import Month
from svi.demo import careers, claim_files, ledgers
from svi.demo.careers import CAREERS, Career, Child
from svi.demo.claim_files import FILES
from svi.demo.ledgers import WAYS, Way
from svi.demo.roster import Person, invent

PENDING, CROWD = 60, 70
"""How many await their registration, and how many pay (or do not) beside those made for a situation."""
_PENDING_FROM, _PAYING_FROM, _WORKING_FROM, _CLAIMING_FROM = 1, 100, 300, 400
BODIES = {
    "cpu": "Direction générale des impôts",
    "accounting-trader": "Direction générale des impôts",
    "auto-entrepreneur": "Registre national de l'auto-entrepreneur",
    "farmer": "Ministère de l'agriculture",
    "craftsperson": "Chambre d'artisanat",
    "notary": "Ordre des notaires",
}
OTHER_BODY = "Ministère de la santé"
EACH_WITHOUT_TAX_ID = 4
EACH_WITH_FAMILY = 3
UNDATED = {"farmer": ("2022-06", "2022-07-01"), "craftsperson": ("2022-04", "2022-05-01")}
"""Contributions and AMO of the categories that have no dates of their own."""
CATEGORIES = ("cpu", *sorted(categories.self_employed() - {"cpu"}))
_FAMILY = Career(40, children=(Child(11), Child(70)), spouse=True)


@dataclass(frozen=True)
class Registered:
    """Somebody registered, and all that the fund's lists say of them."""

    person: Person
    charges: tuple[Charge, ...] = ()
    payments: tuple[Payment, ...] = ()
    claims: tuple[Claim, ...] = ()
    family: tuple[Relative, ...] = ()
    salaries: tuple[Salary, ...] = ()


class Listed(NamedTuple):
    """Somebody whom a liaison body listed, and who has to complete the registration."""

    person: Person
    tax_id: str
    liaison_body: str


def pending() -> Iterator[Listed]:
    """Give those who await their registration, of every category."""
    for serial, category in enumerate(islice(cycle(CATEGORIES), PENDING), _PENDING_FROM):
        person = _self_employed(serial, category, reachable=False)
        tax_id = f"4{person.cin[-6:]}{serial:02}" if serial % EACH_WITHOUT_TAX_ID else ""
        yield Listed(person, tax_id, BODIES.get(category, OTHER_BODY))


def registered(today: date) -> Iterator[Registered]:
    """Give those who are registered; whoever was made for a situation comes before the crowd."""
    yield from _contributors(today)
    yield from _employees(today)
    yield from _claimants(today)


def _self_employed(serial: int, category: str, *, reachable: bool) -> Person:
    contributions_from, amo_from = UNDATED.get(category, ("", ""))
    return invent(serial, category, reachable=reachable, contributions_from=contributions_from, amo_from=amo_from)


def _contributors(today: date) -> Iterator[Registered]:
    """Give self-employed workers: two for each way of paying, one who is new, then the crowd."""
    made = 2 * len(WAYS)
    ways = [*WAYS.values()] * 2 + list(islice(cycle(WAYS.values()), CROWD))
    for rank, (way, category) in enumerate(zip(ways, cycle(CATEGORIES), strict=False)):
        person = _self_employed(_PAYING_FROM + rank, category, reachable=rank < made)
        yield _contributor(person, way, today, with_family=rank % EACH_WITH_FAMILY == 0)
    month = Month.of(today)
    begun, opening = str(month + -1), str((month + 2).first_day)
    new = invent(_PAYING_FROM - 1, "farmer", reachable=True, contributions_from=begun, amo_from=opening)
    yield _contributor(new, WAYS["regular"], today)


def _contributor(
    person: Person, way: Way, today: date, *, with_family: bool = False, claims: tuple[Claim, ...] = ()
) -> Registered:
    charged = ledgers.charges(person, way, today)
    paid = tuple(ledgers.payments(person, charged, way, today))
    relatives = tuple(careers.family(person, _FAMILY, today)) if with_family else ()
    return Registered(person, charged, paid, claims, relatives)


def _employees(today: date) -> Iterator[Registered]:
    """Give employees and pensioners: two for each career."""
    for serial, career in enumerate([*CAREERS.values()] * 2, _WORKING_FROM):
        person = invent(
            serial,
            career.category,
            born=careers.born(career, today, serial),
            woman=career.woman,
            reachable=serial < _WORKING_FROM + len(CAREERS),
        )
        yield _employee(person, career, today)


def _employee(person: Person, career: Career, today: date, claims: tuple[Claim, ...] = ()) -> Registered:
    relatives, worked = careers.family(person, career, today), careers.salaries(career, today)
    return Registered(person, claims=claims, family=tuple(relatives), salaries=tuple(worked))


def _claimants(today: date) -> Iterator[Registered]:
    """Give those who deposited files, two for each state of a file: an employee, and a self-employed worker."""
    career = CAREERS["two-children"]
    for rank, progress in enumerate([*FILES.values()] * 2):
        serial, is_employee = _CLAIMING_FROM + rank, rank % 2 == rank // len(FILES)
        person = (
            invent(serial, "employee", born=careers.born(career, today, serial), reachable=True)
            if is_employee
            else _self_employed(serial, CATEGORIES[rank % len(CATEGORIES)], reachable=True)
        )
        relatives = [person.first_name, *(each.first_name for each in careers.family(person, career, today))]
        beneficiary = relatives[rank % len(relatives)] if is_employee else person.first_name
        newest = claim_files.claim(serial, beneficiary, progress, today)
        files = (newest, *claim_files.paid_before(serial, person.first_name, rank % 4, today))
        yield (
            _employee(person, career, today, files)
            if is_employee
            else _contributor(person, WAYS["regular"], today, claims=files)
        )
