"""The directory of agencies, and which are the nearest."""

from pathlib import Path

import pytest

from backend.agencies import Agency, nearest
from backend.feeds import Counts
from backend.values import PersonName
from backend.work import Actor, begin

from .lists import Import, reason

CASABLANCA = {"code": "C", "postcode": "20000", "latitude": "33.5899", "longitude": "-7.6039"}
AIN_CHOCK = {"code": "AC", "postcode": "20470", "latitude": "33.5300", "longitude": "-7.6000"}
MOHAMMEDIA = {"code": "MO", "postcode": "28800", "latitude": "33.6861", "longitude": "-7.3829"}
RABAT = {"code": "R", "postcode": "10090", "latitude": "33.9911", "longitude": "-6.8498"}
TIZNIT = {"code": "T", "postcode": "85000", "latitude": "29.6974", "longitude": "-9.7316", "kind": "mobile"}
UNLOCATED = {"code": "U", "postcode": "20100"}


def near(postcode: str, limit: int = 3) -> list[str]:
    """Return the codes of the agencies nearest to a postcode."""
    with begin(Actor("command", "test")) as work:
        return [agency.code for agency in nearest(work, postcode, limit)]


def test_an_agency_is_read_as_it_was_written(feed: Import) -> None:
    """With its kind and its hours: a mobile one is there on its days only."""
    row = {"name_ar": "وكالة تيزنيت", "address": "place du marché", "hours": "mar 09:00-14:00"}
    assert feed("agencies", TIZNIT | row | {"name": "Agence mobile Tiznit", "city": "Tiznit"}) == Counts(added=1)
    with begin(Actor("command", "test")) as work:
        assert nearest(work, "85000") == [
            Agency(
                code="T",
                name=PersonName("Agence mobile Tiznit", "وكالة تيزنيت"),
                kind="mobile",
                city="Tiznit",
                postcode="85000",
                address="place du marché",
                hours="mar 09:00-14:00",
            )
        ]


def test_the_nearest_three_by_distance(feed: Import) -> None:
    """From the agencies of that postcode, whatever the postcodes of the others."""
    feed("agencies", RABAT, TIZNIT, MOHAMMEDIA, AIN_CHOCK, CASABLANCA)
    assert near("20000") == ["C", "AC", "MO"]
    assert near("10090") == ["R", "MO", "C"]


def test_a_postcode_without_an_agency_counts_by_its_first_digits(feed: Import) -> None:
    """From the middle of those that share most of them."""
    feed("agencies", RABAT, TIZNIT, MOHAMMEDIA, AIN_CHOCK, CASABLANCA)
    assert near("85999", 1) == ["T"]
    assert near("20479", 2) == ["AC", "C"]
    assert near("10999", 1) == ["R"]


def test_an_agency_without_coordinates_counts_by_its_postcode(feed: Import) -> None:
    """On the spot where it is the same, else after those that have them."""
    feed("agencies", UNLOCATED, CASABLANCA, TIZNIT)
    assert near("20100", 2) == ["U", "C"]
    assert near("20000") == ["C", "T", "U"]


def test_without_any_coordinates_first_digits_decide(feed: Import) -> None:
    """The longest beginning first."""
    feed(
        "agencies",
        UNLOCATED,
        UNLOCATED | {"code": "V", "postcode": "20190"},
        UNLOCATED | {"code": "W", "postcode": "80000"},
    )
    assert near("20191") == ["V", "U"]


def test_a_postcode_of_nowhere_has_no_agencies(feed: Import) -> None:
    """None whose postcode begins alike: nothing is made up."""
    feed("agencies", CASABLANCA, RABAT)
    assert near("99999") == []


def test_the_directory_again_changes_nothing(feed: Import) -> None:
    """Or what it says otherwise; an empty cell empties."""
    feed("agencies", CASABLANCA)
    assert feed("agencies", CASABLANCA) == Counts(unchanged=1)
    assert feed("agencies", CASABLANCA | {"latitude": "", "longitude": ""}) == Counts(changed=1)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"postcode": "2000"}, "postcode: a postcode has five digits"),
        ({"kind": "kiosk"}, "kind: 'kiosk' is not known"),
        ({"latitude": "33.5"}, "latitude, longitude: one without the other"),
        ({"latitude": "-7.6", "longitude": "33.6"}, "are latitude and longitude swapped?"),
        ({"latitude": "nord", "longitude": "-7.6"}, "latitude: 'nord' is not a coordinate"),
        ({"hours": ""}, "hours: is empty"),
    ],
)
def test_an_agency_that_cannot_be_used_is_rejected_with_the_reason(
    feed: Import, tmp_path: Path, row: dict[str, str], told: str
) -> None:
    """It would send people to nowhere."""
    assert feed("agencies", row) == Counts(rejected=1)
    assert told in reason(tmp_path / "agencies.csv")
