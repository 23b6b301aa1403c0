"""The kind of file `claims`: where each claim file stands. A row says all of its file: an empty cell empties.

A file that was known and whose status or missing documents differ has changed, and its person is to be told; a file
seen for the first time has not.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy import func, insert, join, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import insert as upserting

from backend.claims import STATUSES, claim_changes, claim_delays, claims
from backend.feeds import cells, refusals, writing
from backend.feeds.kinds import Column, Kind, Merged, Record, Staged
from backend.feeds.staging import differs, instant, recognise_all, refuse, stage, staging, upsert
from backend.people import people
from backend.rules.claim_words import meaning
from backend.work import Work

_CONTENT = (
    *("beneficiary", "care_date", "deposited_on", "status", "status_date", "claimed", "payable", "paid_on"),
    *("missing_documents", "reason"),
)
_REQUIRED = frozenset(
    {"file_number", "registration_number", "beneficiary", "care_date", "deposited_on", "status", "status_date"}
)
_staged = staging(claims, "file_number", "registration_number", *_CONTENT)
_KNOWN = join(_staged, claims, claims.c.file_number == _staged.c.file_number)
_TOLD = ("status", "missing_documents")
"""What a person is told of when it changes."""
APPOINTED = "medical-check"
"""The status whose day may be to come: an appointment."""


def claim_files(today: date) -> Kind:
    """Return the files of claims, each by its number."""
    return Kind(
        columns={
            "file_number": Column(cells.file_number, claims.c.file_number),
            "registration_number": Column(cells.registration_number, people.c.registration_number),
            "beneficiary": Column(cells.words, claims.c.beneficiary),
            "care_date": Column(cells.day, claims.c.care_date),
            "deposited_on": Column(cells.day_until(today), claims.c.deposited_on),
            "status": Column(cells.one_of(STATUSES), claims.c.status),
            "status_date": Column(cells.day, claims.c.status_date),
            "claimed": Column(cells.dirhams, writing.dirhams(claims.c.claimed)),
            "payable": Column(cells.dirhams, writing.dirhams(claims.c.payable)),
            "paid_on": Column(cells.day, claims.c.paid_on),
            "missing_documents": Column(cells.several, writing.several(claims.c.missing_documents)),
            "reason": Column(cells.sentence, claims.c.reason),
        },
        required=_REQUIRED,
        keys=(("file_number",),),
        rule=partial(_in_order, today.isoformat()),
        merge=_merge,
        source=join(claims, people, people.c.id == claims.c.person_id),
    )


def _in_order(today: str, record: Record) -> None:
    """Refuse days that contradict each other; a paid file without its day was paid on that of its status."""
    record["missing_documents"] = record["missing_documents"] or "{}"
    status, since, deposited = record["status"], record["status_date"] or "", record["deposited_on"] or ""
    if status == "paid":
        record["paid_on"] = record["paid_on"] or since
    for name in ("status_date", "paid_on"):
        if (day := record[name]) and day < deposited:
            raise refusals.refused("before-deposit", name, found=day)
    if since > today and status != APPOINTED:
        raise refusals.refused("future", "status_date", found=since)
    if status == "paid" and (record["paid_on"] or "") > today:
        raise refusals.refused("future", "paid_on", found=record["paid_on"] or "")


def _merge(work: Work, rows: Sequence[Staged]) -> Merged:
    stage(work, _staged, rows)
    refused = recognise_all(work, _staged)
    known = select(_staged.c.line).select_from(_KNOWN)
    another = known.where(claims.c.person_id != _staged.c.person_id)
    refused |= refuse(work, _staged, "file_number: on file of another person: check both", another)
    older = known.where(claims.c.status_date.between(_staged.c.status_date + 1, work.today))
    refused |= refuse(work, _staged, "status_date: on file with a later one: is this an older list?", older)
    changing = select(literal(1)).select_from(_KNOWN).where(differs(_staged, claims, _CONTENT))
    work.execute(changing.order_by(claims.c.file_number).with_for_update(of=claims)).all()
    _note_changes(work)
    _note_delays(work)
    return upsert(work, _staged, claims, ("file_number",), refused)


def _note_changes(work: Work) -> None:
    """Note each known file that has another status now, or misses other documents than the same in other words."""
    values = {name: _staged.c[name] for name in ("file_number", *_TOLD)} | {"changed_at": instant(work)}
    otherwise = select(*values.values()).select_from(_KNOWN).where(differs(_staged, claims, _TOLD))
    changed = otherwise.where(_staged.c.line.not_in(_respelt(work))).order_by(_staged.c.line)
    work.execute(insert(claim_changes).from_select(list(values), changed))


def _respelt(work: Work) -> list[int]:
    """Return the lines whose documents are those on file, in another order or spelling."""
    lists = select(_staged.c.line, _staged.c.missing_documents.label("now"), claims.c.missing_documents.label("before"))
    same_status = lists.select_from(_KNOWN).where(_staged.c.status == claims.c.status)
    rows = work.execute(same_status.where(differs(_staged, claims, ["missing_documents"])))
    return [row.line for row in rows if meaning(row.now) == meaning(row.before)]


def _note_delays(work: Work) -> None:
    """Add the delays of the files paid now to those of their days, and take away what was counted of them before."""
    paid = select(
        _staged.c.paid_on, literal(1).label("files"), (_staged.c.paid_on - _staged.c.deposited_on).label("days")
    )
    before = select(claims.c.paid_on, literal(-1), claims.c.deposited_on - claims.c.paid_on).select_from(_KNOWN)
    counted = union_all(paid.where(_staged.c.status == "paid"), before.where(claims.c.status == "paid")).subquery()
    files, days = func.sum(counted.c.files), func.sum(counted.c.days)
    sums = select(counted.c.paid_on, files, days).group_by(counted.c.paid_on).having(or_(files != 0, days != 0))
    added = upserting(claim_delays).from_select(["paid_on", "files", "days"], sums.order_by(counted.c.paid_on))
    both = {name: claim_delays.c[name] + added.excluded[name] for name in ("files", "days")}
    work.execute(added.on_conflict_do_update(index_elements=["paid_on"], set_=both))
