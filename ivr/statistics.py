"""What became of calls, question by question, counted by the definitions of docs/metrics.md.

No figure names a person, a number or a call.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)

from backend import clock
from backend.calls import calls, withheld_digests
from backend.wording import Language
from backend.work import Work
from callcenter.callbacks import callbacks
from ivr.journal import conversations, steps

VERSION = 1  # of docs/metrics.md's definitions
AGAIN_WITHIN = timedelta(hours=24)
SHORT = 5  # seconds
DOORS = ("main-menu", "reason")  # where a caller says what a call is about
MEMORY = "64MB"  # for sorting a month of turns without the disk
PATIENCE = "10min"  # of one statement: a national week is ten million turns, and nobody but the operator waits

SILENT, WRONG, HUNG_UP, STILL_OPEN, LEFT = ("silence",), ("wrong", "empty"), "hang-up", "still-open", "advisor"


@dataclass(frozen=True)
class Period:
    """Days in Morocco, both included, on which calls began."""

    first: date
    last: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the first instant of the period, and the first after it."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))


@dataclass(frozen=True)
class OfQuestion:
    """What became of the calls in which a question was asked; all figures but the times count calls."""

    question: str
    language: Language | None  # None: in all languages, or before one was chosen
    reached: int
    answered: int
    silence: int
    wrong: int
    help: int
    back: int
    advisor: int
    hang_up: int
    median: float | None  # seconds that a call spent at it, all turns together
    ninetieth: float | None  # nine calls in ten spent less


@dataclass(frozen=True)
class OfCalls:
    """What became of calls as a whole."""

    language: Language | None
    calls: int
    open: int  # not ended yet
    short: int  # under five seconds: on neither side of the share
    advisor: int
    callbacks: int
    again: int  # without an advisor, but the person or the number called again about it
    contained: int

    @property
    def share(self) -> float | None:
        """Return contained calls ÷ ended calls that were not short; None where there were none."""
        counted = self.calls - self.open - self.short
        return self.contained / counted if counted else None


def of_questions(work: Work, period: Period, language: Language | None = None) -> list[OfQuestion]:
    """Return each question's figures, in the order in which callers meet them; of one language or of all together."""
    return [row for row in by_language(work, period, language) if row.language == language]


def by_language(work: Work, period: Period, language: Language | None = None) -> list[OfQuestion]:
    """Return each question's figures, for all languages together and for each, or only for `language`."""
    visits = _visits(period, language)
    seconds = visits.c.milliseconds / 1000.0
    whole = func.grouping(visits.c.language) == 1
    query = (
        select(
            visits.c.question,
            visits.c.language,
            func.count().label("reached"),
            *(_with(visits.c[name]).label(name) for name in ("answered", "silence", "wrong", "help", "back")),
            *(_with(visits.c[name]).label(name) for name in ("advisor", "hang_up")),
            func.percentile_cont(0.5).within_group(seconds).label("median"),
            func.percentile_cont(0.9).within_group(seconds).label("ninetieth"),
        )
        .group_by(func.grouping_sets(tuple_(visits.c.question), tuple_(visits.c.question, visits.c.language)))
        .having(or_(whole, visits.c.language.is_not(None)))
        .order_by(func.avg(visits.c.turn), visits.c.question)
    )
    found = [OfQuestion(**row) for row in _rows(work, query, language)]
    order = {each.question: place for place, each in enumerate(found) if each.language == language}
    return sorted(found, key=lambda each: (order[each.question], each.language or ""))


def of_calls(work: Work, period: Period, language: Language | None = None) -> list[OfCalls]:
    """Return the figures of whole calls, for all languages together first, then for each, or only for `language`."""
    seen = _seen(period, language)
    ended = and_(seen.c.ended_at.is_not(None), ~seen.c.short)
    alone = and_(ended, seen.c.advisor_at.is_(None))
    query = (
        select(
            seen.c.language,
            func.count().label("calls"),
            _with(seen.c.ended_at.is_(None)).label("open"),
            _with(seen.c.short).label("short"),
            _with(and_(ended, seen.c.advisor_at.is_not(None))).label("advisor"),
            _with(exists().where(callbacks.c.call_id == seen.c.id)).label("callbacks"),
            _with(and_(alone, _called_again(seen))).label("again"),
            _with(alone).label("alone"),
        )
        .group_by(func.grouping_sets(tuple_(), tuple_(seen.c.language)))
        .having(or_(func.grouping(seen.c.language) == 1, seen.c.language.is_not(None)))
        .order_by(func.grouping(seen.c.language).desc(), seen.c.language)
    )
    rows = _rows(work, query, language)
    return [OfCalls(contained=row.pop("alone") - row["again"], **row) for row in rows if row["calls"]]


def _rows(work: Work, query: Select[Any], language: Language | None) -> list[dict[str, Any]]:
    """Return the rows of all languages together and of each; of one alone, if it is given."""
    work.execute(text(f"set local work_mem = '{MEMORY}'; set local statement_timeout = '{PATIENCE}'"))
    rows = (dict(row) for row in work.execute(query).mappings())
    return [row for row in rows if language is None or row["language"] == language]


def _visits(period: Period, language: Language | None) -> CTE:
    """One row for each question asked in each call, under its key without the occurrence."""
    chosen = _chosen(period, language)
    hung_up = case((calls.c.ended_at.is_not(None), HUNG_UP), else_=STILL_OPEN)
    unasked, nothing = literal(None, steps.c.turn.type), literal(None, steps.c.milliseconds.type)
    heard = select(
        calls.c.id, calls.c.language, steps.c.question, steps.c.turn, steps.c.outcome, steps.c.milliseconds
    ).join(steps, steps.c.call_id == calls.c.id)
    open_ = (
        select(calls.c.id, calls.c.language, conversations.c.question, conversations.c.turn, hung_up, nothing)
        .join(conversations, conversations.c.call_id == calls.c.id)
        .where(conversations.c.question.is_not(None))
    )
    left = select(calls.c.id, calls.c.language, calls.c.advisor_at, unasked, literal(LEFT), nothing).where(
        calls.c.advisor_at.is_not(None)
    )
    doubted = func.regexp_replace(steps.c.question, "-confirm(?=[.]|$)", "")
    taken = case((steps.c.choice == "yes", "answered"), else_="wrong")
    said_back = (
        select(calls.c.id, calls.c.language, doubted, unasked, taken, nothing)
        .join(steps, steps.c.call_id == calls.c.id)
        .where(steps.c.choice.in_(("yes", "no")), doubted != steps.c.question)
    )
    turns = union_all(*(each.where(chosen) for each in (heard, said_back, open_, left))).cte("turns")
    question = func.split_part(turns.c.question, ".", 1).label("question")

    def any_of(*outcomes: str) -> ColumnElement[bool]:
        return func.bool_or(turns.c.outcome.in_(outcomes))

    return (
        select(
            question,
            turns.c.language,
            func.min(turns.c.turn).label("turn"),
            func.sum(turns.c.milliseconds).label("milliseconds"),
            any_of("answered").label("answered"),
            any_of(*SILENT).label("silence"),
            any_of(*WRONG).label("wrong"),
            any_of("help").label("help"),
            any_of("back").label("back"),
            any_of(LEFT).label("advisor"),
            any_of(HUNG_UP).label("hang_up"),
        )
        .group_by(turns.c.id, turns.c.language, question)
        .cte("visits")
    )


def _seen(period: Period, language: Language | None) -> CTE:
    """The calls of the period, each with what it was about."""
    matters = func.array(_matters(calls.c.id).scalar_subquery())
    lasted = func.coalesce(calls.c.seconds, func.extract("epoch", calls.c.ended_at - calls.c.started_at))
    ended_short = and_(calls.c.ended_at.is_not(None), calls.c.advisor_at.is_(None), lasted < SHORT)
    columns = (calls.c.id, calls.c.language, calls.c.caller, calls.c.person_id, calls.c.started_at, calls.c.ended_at)
    return (
        select(*columns, calls.c.advisor_at, ended_short.label("short"), matters.label("matters"))
        .where(_chosen(period, language))
        .cte("seen")
    )


def _matters(call: ColumnElement[int]) -> Select[Any]:
    door = func.split_part(steps.c.question, ".", 1).in_(DOORS)
    chosen = select(steps.c.choice).where(steps.c.call_id == call, door, steps.c.choice.is_not(None))
    return chosen.correlate_except(steps)


def _called_again(seen: CTE) -> ColumnElement[bool]:
    """Whether the person, or the number unless withheld, called within 24 h after the end about the same."""
    later = calls.alias("later")
    same_matter = _matters(later.c.id).where(steps.c.choice == func.any(seen.c.matters)).exists()
    after = and_(
        later.c.id != seen.c.id,
        later.c.started_at >= seen.c.started_at,
        later.c.started_at <= seen.c.ended_at + AGAIN_WITHIN,
        or_(func.cardinality(seen.c.matters) == 0, same_matter),
    )
    by_number = and_(later.c.caller == seen.c.caller, seen.c.caller.not_in(withheld_digests()))
    return or_(
        exists(select(true()).select_from(later).where(by_number, after)),
        exists(select(true()).select_from(later).where(later.c.person_id == seen.c.person_id, after)),
    )


def _chosen(period: Period, language: Language | None) -> ColumnElement[bool]:
    first, end = period.bounds
    began = and_(calls.c.started_at >= first, calls.c.started_at < end)
    return and_(began, calls.c.language == language) if language else began


def _with(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.CASABLANCA)
