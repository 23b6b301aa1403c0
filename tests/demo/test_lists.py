"""The demonstration's lists: every row is usable, they are brought in once, and keep out of the way of other lists."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from backend import claims, db
from backend.agencies import KINDS, agencies
from backend.feeds.imports import imports
from backend.opening_hours import OpeningHours
from backend.people import people
from backend.work import Actor, begin
from svi.demo import lists
from tests.conftest import SAMPLE, forget


def rows(folder: Path, kind: str) -> list[dict[str, str]]:
    """Return the rows of a list."""
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_usable(home: Path, today: date) -> None:
    """All of every kind are added; somebody registered is in both lists of people, and is counted once."""
    folder = home / "demo" / f"{today}"
    with db.engine().connect() as connection:
        done = {row.kind: row for row in connection.execute(select(imports))}
    assert list(done) == list(lists.ORDER)
    for kind, run in done.items():
        assert (run.rejected, run.changed) == (0, 0), kind
        assert run.added + run.unchanged == len(rows(folder, kind))
        assert run.unchanged == (1 if kind == "tns" else 0)
    assert done["people"].added + done["tns"].added > 200
    assert not list(folder.glob("*.rejected.csv"))


def test_a_second_start_brings_nothing_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was changed since stays, on another day too: the lists are those of the first start."""
    with db.engine().begin() as connection:
        connection.execute(update(people).values(city="Agadir"))
    lists.load(home)
    monkeypatch.setenv("SVI_TODAY", "2027-01-15")
    forget()
    lists.load(home)
    with db.engine().connect() as connection:
        assert connection.execute(select(func.count()).select_from(imports)).scalar_one() == len(lists.ORDER)
        assert set(connection.execute(select(people.c.city)).scalars()) == {"Agadir"}
    assert len(list((home / "demo").iterdir())) == 1


def test_a_start_that_was_ended_is_taken_up(today: date, tmp_path: Path) -> None:
    """Lists that were written and not brought in are brought in by the next start, as they are."""
    folder = lists.write(tmp_path)
    before = (folder / "claims.csv").read_bytes()
    lists.load(tmp_path)
    assert lists.day(tmp_path) == today
    assert (folder / "claims.csv").read_bytes() == before


@pytest.mark.usefixtures("home")
def test_files_take_as_long_as_the_fund_says() -> None:
    """On average nine days and a bit (004_…), so the usual delay is ten days."""
    with begin(Actor("command", "test")) as work:
        average = claims.average_delay(work)
    assert average
    assert average.to_integral_value(ROUND_CEILING) == 10


@pytest.mark.usefixtures("home")
def test_agencies_are_all_over_the_country() -> None:
    """Of each kind, in twenty towns and more, with hours that can be said."""
    with db.engine().connect() as connection:
        found = connection.execute(select(agencies)).all()
    assert {agency.kind for agency in found} == set(KINDS)
    assert len({agency.city for agency in found}) > 20
    assert all(OpeningHours.parse(agency.hours) and agency.name_ar for agency in found)
    assert {agency.latitude is None for agency in found} == {True, False}


NAMES = {
    "people": ("registration_number", "cin", "mobile"),
    "tns": ("cin", "mobile", "tax_id"),
    "payments": ("reference",),
    "claims": ("file_number",),
    "agencies": ("code", "postcode"),
}


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("kind", NAMES)
def test_the_lists_meet_no_other_list(tmp_path: Path, kind: str) -> None:
    """The sample can be imported beside the demonstration: nothing in it is about the same."""
    folder = lists.write(tmp_path)
    for name in NAMES[kind]:
        ours = {row[name] for row in rows(folder, kind)} - {""}
        assert not ours & {row[name] for row in rows(SAMPLE, kind)}, name


def figures(folder: Path) -> Iterator[str]:
    """Give what a caller would key of every identity card."""
    for cin in {row["cin"] for kind in ("people", "tns") for row in rows(folder, kind)}:
        yield cin.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.usefixtures("today")
def test_identity_cards_are_told_apart_by_their_figures(tmp_path: Path) -> None:
    """But for the two namesakes, and two employees, whom the lists by hand have on purpose."""
    found = list(figures(lists.write(tmp_path)))
    assert {each for each in found if found.count(each) > 1} == {"312200", "321331"}
