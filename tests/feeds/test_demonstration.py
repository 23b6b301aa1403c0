"""The project's demonstration data: every row is usable, and everybody in `WHO` is as it says."""

import pytest

from backend import feeds
from backend.feeds import Counts
from backend.people import with_card
from backend.values import BirthDate, IdentityCardDigits
from backend.work import Actor, begin
from svi import demo

from .lists import becomes, everybody

pytestmark = pytest.mark.usefixtures("database")


def test_every_row_is_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody registered is in both files, and is counted once."""
    counts: dict[str, Counts] = {}
    monkeypatch.setattr(
        feeds,
        "run_import",
        lambda kind, path, progress, run=feeds.run_import: counts.update({kind: run(kind, path, progress)}),
    )
    demo.load()
    assert counts == {"people": Counts(added=14), "tns": Counts(added=16, unchanged=1)}


def test_loading_again_keeps_what_was_changed_since() -> None:
    """A second start keeps the data."""
    demo.load()
    becomes(city="Agadir")
    demo.load()
    assert {person.city for person in everybody()} == {"Agadir"}


@pytest.mark.parametrize("caller", demo.WHO, ids=lambda caller: caller.keys)
def test_whom_to_call_as(caller: demo.Caller) -> None:
    """What is keyed finds whom it should, at the mobile that it says."""
    demo.load()
    born = BirthDate.parse(caller.birth_date)
    numbers = {person.registration_number: person for person in everybody()}
    if listed := numbers.get(caller.keys):
        assert (listed.birth_date, listed.birth_year_only) == (born.day, born.year_only)
        assert (listed.mobile or "") == caller.mobile
        return
    with begin(Actor("command", "test")) as work:
        found = with_card(work, IdentityCardDigits.parse(caller.keys), born)
    if "two people" in caller.what_happens:
        assert len(found) == 2
    else:
        (person,) = found
        assert (person.mobile or "") == caller.mobile
        assert ("without a mobile" in caller.what_happens) == (person.mobile is None and person.tax_id is not None)
        assert ("registered already" in caller.what_happens) == (person.status == "registered")
