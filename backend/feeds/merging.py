"""A batch of people, copied into a staging table and merged into `people` set by set, in the caller's transaction.

What wins where a list and the database differ:
- a list, over an older list; but an empty cell says nothing, and leaves what is there;
- the mobile that a person gave by phone, and proved by a code, over every list: a number that somebody left must not
  come back and open their record to whoever has it now;
- the language on file, which may be the one chosen by phone, over every list;
- a registered person, over the list of a liaison body, which changes nothing of them.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, insert, literal, or_, select, true, tuple_, update

from backend.feeds.kinds import Merged, Staged
from backend.feeds.staging import recognise, refuse, stage, staging, take_out
from backend.people import people
from backend.rules import categories
from backend.values import parsed
from backend.work import Work

_COLUMNS = (
    *("registration_number", "cin", "cin_digits", "last_name", "first_name", "last_name_ar", "first_name_ar"),
    *("birth_date", "birth_year_only", "category", "mobile", "preferred_language", "tax_id", "city", "liaison_body"),
    *("contributions_from", "amo_from", "registered_on"),
)
_staged = staging(people, *_COLUMNS)
UNDATED = frozenset(
    category
    for category in categories.self_employed()
    if parsed(lambda code: categories.opening(code, None, None), category) is None
)
"""Categories whose dates only a record gives: farmers, craftspersons."""
_BEARS_THE_NUMBER = people.c.registration_number == _staged.c.registration_number
_HAS_THE_CARD = people.c.cin == _staged.c.cin
_PENDING = people.c.status == "pending"


def listed(work: Work, rows: Sequence[Staged]) -> Merged:
    """Merge a liaison body's list: new people are pending, pending ones are updated, registered ones left alone."""
    stage(work, _staged, rows)
    recognise(work, _staged, _HAS_THE_CARD)
    refused = _refuse(work, "registration_number: on file with another cin: check both", _BEARS_THE_NUMBER)
    changed = _update(work, "pending", _PENDING)
    return Merged(_add(work, "pending"), changed, refused)


def registered(work: Work, rows: Sequence[Staged]) -> Merged:
    """Merge the fund's list by registration number; a pending person of the same card becomes registered."""
    stage(work, _staged, rows)
    recognise(work, _staged, _BEARS_THE_NUMBER)
    recognise(work, _staged, and_(_HAS_THE_CARD, _PENDING, _staged.c.person_id.is_(None)))
    refused = _refuse(work, "cin: on file with another registration_number: check both", _HAS_THE_CARD)
    refused |= _refuse_doubles(work)
    refused |= _refuse_undated(work)
    changed = _update(work, "registered", true())
    return Merged(_add(work, "registered"), changed, refused)


def _refuse(work: Work, reason: str, same: ColumnElement[bool]) -> dict[int, str]:
    """Take out the rows that somebody else on file contradicts."""
    somebody_else = people.c.id.is_distinct_from(_staged.c.person_id)
    return refuse(work, _staged, reason, select(_staged.c.line).join(people, same).where(somebody_else))


def _refuse_doubles(work: Work) -> dict[int, str]:
    """Take out rows that are about one person, known by number in one and by card in the other: either may be wrong."""
    known = select(func.array_agg(_staged.c.line).label("lines")).where(_staged.c.person_id.is_not(None))
    doubles = work.execute(known.group_by(_staged.c.person_id).having(func.count() > 1)).scalars()
    reason = "registration_number, cin: lines {} have one of each of the same person: check both"
    told = {line: reason.format(" and ".join(map(str, sorted(lines)))) for lines in doubles for line in lines}
    return take_out(work, _staged, told)


def _refuse_undated(work: Work) -> dict[int, str]:
    """Take out farmers and craftspersons whose dates neither this row nor an earlier list gives."""
    missing = or_(_RESULT["contributions_from"].is_(None), _RESULT["amo_from"].is_(None))
    query = select(_staged.c.line, _staged.c.category).outerjoin(people, people.c.id == _staged.c.person_id)
    undated = query.where(_staged.c.category.in_(UNDATED), missing)
    both = "contributions_from, amo_from: a {} needs both: fill them in, or import their tns list first"
    return take_out(work, _staged, {row.line: both.format(row.category) for row in work.execute(undated)})


def _update(work: Work, status: str, who: ColumnElement[bool]) -> int:
    """Bring known people to what their rows say; return how many changed. `who` is looked at under their lock."""
    result = _RESULT | {"status": literal(status)}
    differs = tuple_(*(people.c[name] for name in result)).is_distinct_from(tuple_(*result.values()))
    statement = update(people).values(result).where(people.c.id == _staged.c.person_id, who, differs)
    return work.execute(statement).rowcount


def _add(work: Work, status: str) -> int:
    """Insert those whom nobody knew; return how many."""
    values = {name: _staged.c[name] for name in _COLUMNS} | {
        name: func.coalesce(_staged.c[name], literal(empty)) for name, empty in _NEVER_NULL.items()
    }
    new = select(*values.values(), literal(status)).where(_staged.c.person_id.is_(None))
    statement = insert(people).from_select([*values, "status"], new)
    return work.execute(statement.execution_options(preserve_rowcount=True)).rowcount


def _said(column: str) -> ColumnElement[object]:
    """What the list says; where it says nothing, what is on file."""
    return func.coalesce(_staged.c[column], people.c[column])


def _said_with(column: str, leader: str) -> ColumnElement[object]:
    """The same, but what is on file counts only as long as its `leader` stays what it was."""
    return case((_staged.c[leader] == people.c[leader], _said(column)), else_=_staged.c[column])


_NEVER_NULL: dict[str, object] = {"last_name_ar": "", "first_name_ar": "", "birth_year_only": False}
_RESULT: dict[str, ColumnElement[object]] = {name: _said(name) for name in _COLUMNS} | {
    "mobile": case((people.c.portal_from.is_(None), _said("mobile")), else_=people.c.mobile),
    "preferred_language": func.coalesce(people.c.preferred_language, _staged.c.preferred_language),
    "birth_year_only": func.coalesce(_said_with("birth_year_only", "birth_date"), literal(False)),
    "contributions_from": _said_with("contributions_from", "category"),
    "amo_from": _said_with("amo_from", "category"),
}
