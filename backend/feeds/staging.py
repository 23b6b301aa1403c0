"""Rows of a batch in a temporary table, and what kinds of file have in common when they merge it set by set.

All of it happens in the caller's transaction, at whose end the temporary table is gone.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    true,
    tuple_,
    update,
)

from backend.feeds.kinds import Merged, Staged
from backend.people import people
from backend.work import Work

_OURS = ("line", "person_id")


def staging(target: Table, *names: str) -> Table:
    """Return the staging table of `target`: line, person, then the columns of these names.

    `registration_number` is a text where `target` has no such column.
    """
    return Table(
        f"staged_{target.name}",
        MetaData(),
        Column("line", Integer),
        Column("person_id", BigInteger),
        *(Column(name, target.c[name].type if name in target.c else Text()) for name in names),
        prefixes=["temporary"],
        postgresql_on_commit="drop",
    )


def stage(work: Work, staged: Table, rows: Sequence[Staged]) -> None:
    """Copy a batch into its staging table."""
    staged.create(work.connection, checkfirst=False)
    connection = work.connection.connection.driver_connection
    assert connection  # noqa: S101 an open transaction has one
    names = [column.name for column in staged.columns if column.name not in _OURS]
    into = f"copy {staged.name} (line, {', '.join(names)}) from stdin"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for line, record in rows:
            copy.write_row((line, *map(record.get, names)))
    # Twenty thousand look-ups by index, never a walk through millions of people.
    work.execute(text("set local enable_hashjoin = off"))
    work.execute(text("set local enable_mergejoin = off"))


def recognise(work: Work, staged: Table, same: ColumnElement[bool]) -> None:
    """Note whom each row is about."""
    work.execute(update(staged).values(person_id=people.c.id).where(same))


def recognise_all(work: Work, staged: Table) -> dict[int, str]:
    """Note whom each row is about, by registration number; take out the rows of unknown numbers."""
    number = staged.c.registration_number
    recognise(work, staged, people.c.registration_number == number)
    unknown = "registration_number: no person has the registration number {}: import the people first"
    nobody = select(staged.c.line, number).where(staged.c.person_id.is_(None))
    return take_out(work, staged, {row.line: unknown.format(row.registration_number) for row in work.execute(nobody)})


def refuse(work: Work, staged: Table, reason: str, lines: Select[int]) -> dict[int, str]:
    """Take out the rows of `lines`, for one reason; return it by line."""
    return take_out(work, staged, dict.fromkeys(work.execute(lines).scalars(), reason))


def take_out(work: Work, staged: Table, refused: dict[int, str]) -> dict[int, str]:
    """Remove rows that can't be merged; return the reasons by line."""
    if refused:
        work.execute(delete(staged).where(staged.c.line.in_(refused)))
    return refused


def append(work: Work, staged: Table, target: Table, key: Sequence[str], refused: dict[int, str]) -> Merged:
    """Add a line for each row whose newest line of the same `key` says otherwise, or that has none."""
    content = [name for name in _shared(staged, target) if name not in key]
    newest = select(target).where(_same(staged, target, key)).order_by(target.c.revision.desc()).limit(1).lateral()
    values = {name: staged.c[name] for name in (*key, *content)} | {
        "added_at": instant(work),
        "revision": func.coalesce(newest.c.revision + 1, 0),
    }
    lines = select(*values.values()).select_from(staged.outerjoin(newest, true()))
    otherwise = lines.where(differs(staged, newest, content)).order_by(*(staged.c[name] for name in key))
    added = insert(target).from_select(list(values), otherwise).returning(target.c.revision).cte("added")
    first = func.count().filter(added.c.revision == 0)
    row = work.execute(select(first.label("first"), func.count().label("all")).select_from(added)).one()
    return Merged(row.first, row.all - row.first, refused)


def upsert(work: Work, staged: Table, target: Table, key: Sequence[str], refused: dict[int, str]) -> Merged:
    """Bring known rows to what the file says, and insert those that are new."""
    shared = _shared(staged, target)
    content = [name for name in shared if name not in key]
    changed = (
        update(target)
        .values({name: staged.c[name] for name in content})
        .where(_same(staged, target, key), differs(staged, target, content))
    )
    unknown = select(*(staged.c[name] for name in shared)).where(~exists().where(_same(staged, target, key)))
    new = insert(target).from_select(shared, unknown.order_by(*(staged.c[name] for name in key)))
    changes = work.execute(changed).rowcount
    return Merged(work.execute(new.execution_options(preserve_rowcount=True)).rowcount, changes, refused)


def differs(staged: Table, target: FromClause, content: Sequence[str]) -> ColumnElement[bool]:
    """Say whether a row says otherwise than what is on file, or nothing is."""
    return tuple_(*(target.c[name] for name in content)).is_distinct_from(tuple_(*(staged.c[name] for name in content)))


def instant(work: Work) -> ColumnElement[datetime]:
    """Return the instant of this transaction, to be stored."""
    return cast(work.now, DateTime(timezone=True))


def _shared(staged: Table, target: Table) -> list[str]:
    return [column.name for column in staged.columns if column.name in target.c]


def _same(staged: Table, target: Table, key: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(staged.c[name] == target.c[name] for name in key))
