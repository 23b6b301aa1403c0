"""Calls of a person that are over: in which they proved who they are, or that an advisor had about them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from backend import audit
from backend.calls import calls
from backend.identity import Insured
from backend.wording import Language
from backend.work import Work
from callcenter.agents import advisors
from callcenter.tickets import Kind, Outcome, Step, tickets

Ways = Callable[[Work, Collection[int]], Mapping[int, Sequence[tuple[str, str]]]]
"""Finds the ways of calls through the vocal server, which is above us: given by who knows both."""


@dataclass(frozen=True)
class PastCall:
    """A call: of one that the vocal server alone answered, nothing of what only an advisor's has."""

    call: int | None
    began_at: datetime
    seconds: int | None
    language: Language | None
    kind: Kind | None
    subject: str | None
    reason: str | None
    outcome: Outcome | None
    disposition: str | None
    advisor: str | None
    path: tuple[Step, ...]


def of_person(work: Work, insured: Insured, ticket: int | None, limit: int) -> list[PastCall]:
    """Return somebody's calls, the newest first, but for the one of `ticket`, which goes on."""
    joined = calls.outerjoin(tickets, tickets.c.call_id == calls.c.id).outerjoin(
        advisors, advisors.c.id == tickets.c.advisor_id
    )
    proved = select(*_COLUMNS).select_from(joined).where(calls.c.person_id == insured.person)
    about = (
        select(*_COLUMNS)
        .select_from(
            tickets.outerjoin(calls, calls.c.id == tickets.c.call_id).outerjoin(
                advisors, advisors.c.id == tickets.c.advisor_id
            )
        )
        .where(tickets.c.person_id == insured.person, tickets.c.kind != "consult")
    )
    rows = [
        *work.execute(proved.order_by(calls.c.started_at.desc()).limit(limit + 1)),
        *work.execute(about.order_by(tickets.c.queued_at.desc()).limit(limit + 1)),
    ]
    audit.record(work, "calls.read", insured.person)
    once = {(row.call, row.ticket): _past(row) for row in rows if ticket is None or row.ticket != ticket}
    return sorted(once.values(), key=lambda each: each.began_at, reverse=True)[:limit]


def with_ways(work: Work, past: Iterable[PastCall], ways: Ways) -> tuple[PastCall, ...]:
    """Return the same calls, those that no advisor had with their way through the vocal server."""
    past = tuple(past)
    found = ways(work, [each.call for each in past if each.call and not each.path])
    return tuple(
        replace(each, path=tuple(Step(*step) for step in found.get(each.call, ())))
        if each.call and not each.path
        else each
        for each in past
    )


_COLUMNS = (
    calls.c.id.label("call"),
    calls.c.started_at,
    calls.c.seconds,
    calls.c.language.label("spoken"),
    tickets.c.id.label("ticket"),
    tickets.c.kind,
    tickets.c.queued_at,
    tickets.c.language,
    tickets.c.subject,
    tickets.c.reason,
    tickets.c.outcome,
    tickets.c.disposition,
    tickets.c.path,
    advisors.c.name.label("advisor"),
)


def _past(row: Row[Any]) -> PastCall:
    return PastCall(
        call=row.call,
        began_at=row.started_at or row.queued_at,
        seconds=row.seconds,
        language=row.language or row.spoken,
        kind=row.kind,
        subject=row.subject,
        reason=row.reason,
        outcome=row.outcome,
        disposition=row.disposition,
        advisor=row.advisor,
        path=tuple(Step(*step) for step in row.path or ()),
    )
