"""Scans: once a business day, everybody is looked at, slice by slice, by their number on file.

How far a scan has come is kept with what it did, in one commit: killed anywhere it goes on where it was, and of two
jobs one scans, and the other finds nothing to do. What is done for a person must not be done twice by itself all the
same: the next day looks at everybody again.
"""

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Table,
    Text,
    any_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.exc import DBAPIError

from backend import log
from backend.db import metadata
from backend.people import people
from backend.values import PersonId
from backend.work import Work

SLICE = 200
"""People a transaction; most are passed over by the database."""

scans = Table(
    "scans",
    metadata,
    Column("name", Text, primary_key=True),
    Column("day", Date, nullable=False),
    Column("up_to", BigInteger, nullable=False),  # the last person looked at on that day
    Column("ended", Boolean, nullable=False),
)
_MINE = select(func.pg_try_advisory_xact_lock(func.hashtextextended(literal("scan:") + bindparam("scan"), 0)))
_SCAN = select(scans).where(scans.c.name == bindparam("scan"))
_NEXT = select(people.c.id).where(people.c.id > bindparam("after")).order_by(people.c.id).limit(bindparam("size"))
_UPSERT = insert(scans)
_MOVE = _UPSERT.on_conflict_do_update(
    index_elements=["name"], set_={name: _UPSERT.excluded[name] for name in ("day", "up_to", "ended")}
)
_log = log.get("scans")


def go_on(work: Work, name: str, wanted: ColumnElement[bool], act: Callable[[Work, PersonId], object]) -> bool:
    """Look at the next slice, and say whether there is more to do today.

    `act` is done for those of `people` that are `wanted`. Somebody whose records can't be judged is logged, and holds
    up nobody else; an error of the database undoes the slice.
    """
    if not work.execute(_MINE, {"scan": name}).scalar_one():
        return False
    scan = work.execute(_SCAN, {"scan": name}).one_or_none()
    if scan and (scan.day > work.today or (scan.day == work.today and scan.ended)):
        return False
    after = scan.up_to if scan and scan.day == work.today else 0
    following = work.execute(_NEXT, {"after": after, "size": SLICE}).scalars().all()
    up_to = following[-1] if following else after
    work.execute(_MOVE, {"name": name, "day": work.today, "up_to": up_to, "ended": not following})
    # an array, not a range: the planner takes it for few people, and looks into the ledger by its indexes
    here = people.c.id == any_(literal(following, ARRAY(BigInteger)))
    for person in work.execute(select(people.c.id).where(here, wanted).order_by(people.c.id)).scalars().all():
        try:
            with work.connection.begin_nested():
                act(work, PersonId(person))
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 whatever is wrong with one record must not hold up the others
            _log.error("person.passed-over", scan=name, person=person, error=type(error).__name__)
    return bool(following)
