"""The kind of file `family`: the spouses and children that people declared.

A relative is known by kind, first name and birth date; a row says all of them: an empty cell empties.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import join, select

from backend.family import KINDS, SCHOOLINGS, relatives
from backend.feeds import cells, writing
from backend.feeds.kinds import Column, Kind, Merged, Record, Staged
from backend.feeds.staging import recognise_all, refuse, stage, staging, upsert
from backend.people import people
from backend.work import Work

_staged = staging(
    relatives, "registration_number", "kind", "first_name", "birth_date", "schooling", "disabled", "income"
)


def family(today: date) -> Kind:
    """Return the relatives of people."""
    return Kind(
        columns={
            "registration_number": Column(cells.registration_number, people.c.registration_number),
            "kind": Column(cells.one_of(KINDS), relatives.c.kind),
            "first_name": Column(cells.words, relatives.c.first_name),
            "birth_date": Column(cells.day_of_birth(today), relatives.c.birth_date),
            "schooling": Column(cells.one_of(SCHOOLINGS), relatives.c.schooling),
            "disabled": Column(cells.flag, writing.flag(relatives.c.disabled)),
            "income": Column(cells.dirhams, writing.dirhams(relatives.c.income)),
        },
        required=frozenset({"registration_number", "kind", "first_name", "birth_date"}),
        keys=(("registration_number", "kind", "first_name", "birth_date"),),
        rule=_complete,
        merge=_merge,
        source=join(relatives, people, people.c.id == relatives.c.person_id),
    )


def _complete(record: Record) -> None:
    record["schooling"] = record["schooling"] or "none"
    record["disabled"] = record["disabled"] or "0"


def _merge(work: Work, rows: Sequence[Staged]) -> Merged:
    stage(work, _staged, rows)
    refused = recognise_all(work, _staged)
    parents = select(_staged.c.line).join(people, people.c.id == _staged.c.person_id)
    older = parents.where(_staged.c.kind == "child", _staged.c.birth_date <= people.c.birth_date)
    refused |= refuse(work, _staged, "birth_date: a child can't be older than its parent: check both", older)
    return upsert(work, _staged, relatives, ("person_id", "kind", "first_name", "birth_date"), refused)
