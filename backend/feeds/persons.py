"""The two kinds of file that list people: `tns`, sent by liaison bodies, and `people`, the fund's insured."""

from collections.abc import Callable
from datetime import date

from backend.errors import BadInputError
from backend.feeds import cells, merging
from backend.feeds.cells import Cell
from backend.feeds.kinds import Kind, Record
from backend.rules import categories


def tns(today: date) -> Kind:
    """Return the liaison bodies' list: self-employed workers whose registration will be pending."""
    columns = _person(today, categories.self_employed()) | {"tax_id": cells.tax_id, "liaison_body": cells.words}
    return Kind(
        columns=columns,
        required=_REQUIRED | {"liaison_body"},
        keys=_KEYS,
        rule=_listed,
        merge=merging.listed,
    )


def people(today: date) -> Kind:
    """Return the fund's own list: registered people, employees and pensioners among them."""
    columns = _person(today, categories.every()) | {"registered_on": cells.day}
    return Kind(
        columns=columns,
        required=_REQUIRED | {"registration_number"},
        keys=_KEYS,
        rule=_complete,
        merge=merging.registered,
    )


KINDS: dict[str, Callable[[date], Kind]] = {"tns": tns, "people": people}

_KEYS = ("cin", "registration_number")
_REQUIRED = frozenset({"cin", "last_name", "first_name", "birth_date", "category"})


def _person(today: date, allowed: frozenset[str]) -> dict[str, Cell]:
    return {
        "registration_number": cells.registration_number,
        "cin": cells.identity_card,
        "last_name": cells.words,
        "first_name": cells.words,
        "last_name_ar": cells.words,
        "first_name_ar": cells.words,
        "birth_date": cells.day_of_birth(today),
        "birth_year_only": cells.flag,
        "category": cells.one_of(allowed),
        "mobile": cells.mobile,
        "preferred_language": cells.language,
        "city": cells.words,
        "contributions_from": cells.month,
        "amo_from": cells.day,
    }


def _complete(record: Record) -> None:
    """Add what follows from other cells: the card's figures; 1 January for a card that bears only a year."""
    card, born = record["cin"], record["birth_date"]
    if card and born:
        record["cin_digits"] = cells.card_digits(card)
        if record["birth_year_only"] == "1":
            record["birth_date"] = f"{born[:4]}-01-01"


def _listed(record: Record) -> None:
    """Refuse a self-employed worker without dates: neither the record nor the category (farmer) has them."""
    if not (record["contributions_from"] and record["amo_from"]) and record["category"] in merging.UNDATED:
        raise BadInputError(f"contributions_from, amo_from: a {record['category']} needs both: fill them in")
    _complete(record)
