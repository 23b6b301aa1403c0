"""The demonstration's lists: written once a home, as files of the kinds that any fund would send, then imported.

They are of the business day on which they are written, which their folder is named after; a later start finds them
there, and imports what was not imported to its end. Besides those invented here there are two short lists made by hand.
"""

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import Path

from backend import feeds
from backend.work import business_day
from svi.demo.directory import agencies
from svi.demo.population import Listed, Registered, pending, registered
from svi.demo.roster import Person, table

Row = dict[str, str]
BY_HAND = ("people", "tns")
"""Kinds that have rows in a file of this package too: those of `svi.demo.WHO`."""
ORDER = ("people", "tns", "contributions", "payments", "claims", "family", "salaries", "agencies")
"""People before what is said of them; somebody registered whom a liaison body still lists stays registered."""


def day(home: Path) -> date:
    """Return the day of the lists in a home; the business day where none were written yet."""
    written = (date.fromisoformat(folder.name) for folder in (home / "demo").glob("????-??-??"))
    return min(written, default=business_day())


def write(home: Path) -> Path:
    """Write the lists into a home that has none, and return their folder; whole, or not at all."""
    today = day(home)
    folder = home / "demo" / f"{today}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=folder.parent))
        everybody = list(registered(today))
        for kind in ORDER:
            _write(unfinished / f"{kind}.csv", _rows(kind, everybody))
        with suppress(OSError):  # another process was quicker
            unfinished.rename(folder)
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def load(home: Path) -> None:
    """Bring the lists in, but for those that were before."""
    folder = write(home)
    for kind in ORDER:
        path = folder / f"{kind}.csv"
        if not feeds.was_imported(kind, path):
            feeds.run_import(kind, path, lambda _progress: None)


def _write(path: Path, rows: Iterable[Row]) -> None:
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator=os.linesep)
        writer.writeheader()
        writer.writerows(rows)


def _rows(kind: str, everybody: list[Registered]) -> Iterator[Row]:
    if kind in BY_HAND:
        yield from table(f"{kind}.csv")
    match kind:
        case "people":
            yield from (_person(insured.person) for insured in everybody)
        case "tns":
            yield from map(_listed, pending())
        case "agencies":
            yield from agencies()
        case _:
            yield from chain.from_iterable(_of(kind, insured) for insured in everybody)


def _of(kind: str, insured: Registered) -> Iterator[Row]:
    """Give the rows of a kind that are about one person."""
    rows = {
        "contributions": _contributions,
        "payments": _payments,
        "claims": _claims,
        "family": _family,
        "salaries": _salaries,
    }[kind]
    number = {"registration_number": insured.person.registration_number}
    return (number | row for row in rows(insured))


def _person(person: Person) -> Row:
    flags = {"birth_year_only": "1" if person.birth_year_only else ""}
    return {name: str(value) for name, value in vars(person).items()} | flags


def _listed(listed: Listed) -> Row:
    unknown = {"registration_number": "", "tax_id": listed.tax_id, "liaison_body": listed.liaison_body}
    return {name: text for name, text in (_person(listed.person) | unknown).items() if name != "registered_on"}


def _contributions(insured: Registered) -> Iterator[Row]:
    for charge in insured.charges:
        yield {
            "month": str(charge.month),
            "due_date": str(charge.due_date),
            "contribution": str(charge.contribution),
            "penalty": str(charge.penalty),
            "enforcement_fee": str(charge.enforcement_fee),
        }


def _payments(insured: Registered) -> Iterator[Row]:
    for payment in insured.payments:
        yield {
            "reference": payment.reference,
            "month": str(payment.month),
            "amount": str(payment.amount),
            "paid_on": str(payment.paid_on),
            "channel": ("point", "link", "direct-debit")[payment.month.number % 3],
        }


def _claims(insured: Registered) -> Iterator[Row]:
    for claim in insured.claims:
        values = {name: "" if value is None else str(value) for name, value in vars(claim).items()}
        yield values | {"missing_documents": "|".join(claim.missing_documents)}


def _family(insured: Registered) -> Iterator[Row]:
    for relative in insured.family:
        yield {
            "kind": relative.kind,
            "first_name": relative.first_name,
            "birth_date": str(relative.birth_date),
            "schooling": relative.schooling,
            "disabled": str(int(relative.disabled)),
        }


def _salaries(insured: Registered) -> Iterator[Row]:
    for salary in insured.salaries:
        yield {"month": str(salary.month), "days": str(salary.days), "pay": f"{salary.pay:.2f}"}
