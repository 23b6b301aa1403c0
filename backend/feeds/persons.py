"""The two kinds of file that list people: `tns`, sent by liaison bodies, and `people`, the fund's insured."""

from datetime import date

from backend.feeds import cells, merging, writing
from backend.feeds.cells import Cell
from backend.feeds.kinds import Column, Kind, Record
from backend.feeds.refusals import refused
from backend.people import people as table
from backend.rules import categories


def tns(today: date) -> Kind:
    """Return the liaison bodies' list: self-employed workers whose registration will be pending."""
    return Kind(
        columns=_person(today, categories.self_employed())
        | {"tax_id": _text("tax_id", cells.tax_id), "liaison_body": _text("liaison_body", cells.words)},
        required=_REQUIRED | {"liaison_body"},
        keys=_KEYS,
        rule=_listed,
        merge=merging.listed,
        source=table,
        counting=table.c.status == "pending",
    )


def people(today: date) -> Kind:
    """Return the fund's own list: registered people, employees and pensioners among them."""
    return Kind(
        columns=_person(today, categories.every()) | {"registered_on": _text("registered_on", cells.day)},
        required=_REQUIRED | {"registration_number"},
        keys=_KEYS,
        rule=_complete,
        merge=merging.registered,
        source=table,
        counting=table.c.status == "registered",
    )


_KEYS = (("cin",), ("registration_number",))
_REQUIRED = frozenset({"cin", "last_name", "first_name", "birth_date", "category"})


def _person(today: date, allowed: frozenset[str]) -> dict[str, Column]:
    texts: dict[str, Cell] = {
        "registration_number": cells.registration_number,
        "cin": cells.identity_card,
        "last_name": cells.words,
        "first_name": cells.words,
        "last_name_ar": cells.words,
        "first_name_ar": cells.words,
        "birth_date": cells.day_of_birth(today),
        "category": cells.one_of(allowed),
        "mobile": cells.mobile,
        "preferred_language": cells.language,
        "city": cells.words,
        "amo_from": cells.day,
    }
    return {name: _text(name, cell) for name, cell in texts.items()} | {
        "birth_year_only": Column(cells.flag, writing.flag(table.c.birth_year_only)),
        "contributions_from": Column(cells.month, writing.month(table.c.contributions_from)),
    }


def _text(name: str, cell: Cell) -> Column:
    return Column(cell, writing.text(table.c[name]))


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
        raise refused("undated", "contributions_from, amo_from", category=record["category"] or "")
    _complete(record)
