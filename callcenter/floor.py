"""The floor at one moment: each queue, each advisor who is there, each talk, and what waits for a person.

A handful of statements, however many people there are; figures of the half-hour and of the day, which cost more, are up
to SLOWLY old. One process reads it once a second for all who look (`seen`). Nothing of who calls is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from backend import clock, feeds, outbox
from backend.wording import LANGUAGES, Language
from backend.work import Actor, Work, begin
from callcenter import agents, callbacks, conspicuous, offers, pressure, routing, tickets
from callcenter.agents import Advisor
from callcenter.conspicuous import Often
from callcenter.figures import standing
from callcenter.figures.counting import day
from callcenter.figures.reading import Interval
from callcenter.figures.standing import Standing
from callcenter.recent import Recent
from callcenter.routing import SUBJECTS, Subject
from callcenter.staffing import HALF_HOUR
from callcenter.tickets import Kind, State

AT_ONCE, SLOWLY, SELDOM = 0.9, 10.0, 300.0  # seconds; a page looks once a second
_ACTOR = Actor("job", "floor")
Key = tuple[str, str]


@dataclass(frozen=True)
class Talk:
    """A call with its advisor, from the accepted offer on; `parent`: the call that a consult is about."""

    id: int
    kind: Kind
    state: State
    subject: Subject
    language: Language
    advisor: int
    offer: int
    since: datetime
    on_hold: bool
    parent: int | None


@dataclass(frozen=True)
class Queue:
    """Those who want an advisor for a subject in a language; `offered` and `idle` are None while Redis is away."""

    subject: Subject
    language: Language
    waiting: int
    since: datetime | None  # the first of them waits
    offered: int | None
    talking: int
    idle: int | None
    able: int  # advisors at work who serve it, busy or not
    lately: Standing
    today: Standing

    @property
    def key(self) -> str:
        """Return what names it."""
        return f"{self.subject}:{self.language}"

    @property
    def quiet(self) -> bool:
        """Whether nothing happened in it today."""
        return not (self.waiting or self.talking or self.today.offered)


@dataclass(frozen=True)
class Somebody:
    """An advisor who is signed in, with the talk that they are in."""

    known: Advisor
    talk: Talk | None


@dataclass(frozen=True)
class Backlog:
    """What waits for a person, who did something very often, and when each kind of file was imported last."""

    callbacks_missed: int
    sms_failed: int
    sms_uncertain: int
    often: Sequence[Often]
    feeds: Mapping[str, datetime]


@dataclass(frozen=True)
class Floor:
    """All of it; `drawn` keeps what pages made of it, by language."""

    at: datetime
    today: date
    queues: Sequence[Queue]
    people: Sequence[Somebody]
    talks: Sequence[Talk]
    backlog: Backlog
    drawn: dict[object, str] = field(default_factory=dict, compare=False)

    @property
    def waiting(self) -> int:
        """Count those who wait."""
        return sum(each.waiting for each in self.queues)

    @property
    def since(self) -> datetime | None:
        """Return since when the first of all waits."""
        return min((each.since for each in self.queues if each.since), default=None)

    @property
    def lately(self) -> Standing:
        """Return how all queues stood in the last half-hour."""
        return sum((each.lately for each in self.queues), Standing())

    @property
    def day(self) -> Standing:
        """Return how all queues stood today."""
        return sum((each.today for each in self.queues), Standing())

    def count(self, *states: agents.State) -> int:
        """Count the advisors in these states."""
        return sum(each.known.state in states for each in self.people)

    def who(self, advisor: int) -> Somebody | None:
        """Return an advisor who is there."""
        return next((each for each in self.people if each.known.id == advisor), None)


def seen() -> Floor:
    """Return the floor as this process saw it last, a second ago at most. Raises what the database raises."""
    return _floor.get()


def forget() -> None:
    """Look anew: something was changed from here."""
    _floor.forget()


def look(work: Work, slowly: "Slowly") -> Floor:
    """Return the floor."""
    people, talks = agents.present(work), _talks(work)
    by_advisor = {each.advisor: each for each in talks}
    talking: dict[Key, int] = {}
    for each in talks:
        key = (each.subject, each.language)
        talking[key] = talking.get(key, 0) + (each.kind != "consult")
    waiting, pressed = _waiting(work), pressure.look()
    queues = []
    for subject in SUBJECTS:
        for language in LANGUAGES:
            count, free, since = waiting.get((subject, language), (0, 0, None))
            matched = pressed.get(routing.line_of(subject, language)) if pressed else None
            queues.append(
                Queue(
                    subject,
                    language,
                    count,
                    since,
                    max(0, free - matched.waiting) if matched else None,
                    talking.get((subject, language), 0),
                    matched.idle if matched else None,
                    sum(_serves(each, subject, language) for each in people),
                    slowly.lately.get((subject, language), Standing()),
                    slowly.today.get((subject, language), Standing()),
                )
            )
    there = [Somebody(each, by_advisor.get(each.id)) for each in people]
    return Floor(work.now, work.today, queues, there, talks, slowly.backlog)


@dataclass(frozen=True)
class Slowly:
    """What is read every SLOWLY seconds."""

    lately: Mapping[Key, Standing]
    today: Mapping[Key, Standing]
    backlog: Backlog


def read_slowly(work: Work) -> Slowly:
    """Return the figures of the last half-hour and of the day, and what waits for a person."""
    begins = day(clock.today()).begins
    if (morning := _morning.get()).begins != begins:
        _morning.forget()
        morning = _morning.get()
    today = dict(morning.stood)
    for key, stood in standing.by_queue(work, Interval(morning.until, work.now)).items():
        today[key] = today.get(key, Standing()) + stood
    return Slowly(
        standing.by_queue(work, Interval(work.now - HALF_HOUR, work.now)),
        today,
        Backlog(
            callbacks.missed(work),
            outbox.attention(work),
            outbox.uncertain(work),
            conspicuous.often(work),
            feeds.last_of_each(work),
        ),
    )


@dataclass(frozen=True)
class _Morning:
    """How the queues stood from the day's beginning until an hour ago: of those calls hardly any still waits."""

    begins: datetime
    until: datetime
    stood: Mapping[Key, Standing]


def _read_morning() -> _Morning:
    with begin(_ACTOR) as work:
        begins = day(clock.today()).begins
        until = max(begins, work.now - timedelta(hours=1))
        return _Morning(begins, until, standing.by_queue(work, Interval(begins, until)))


def _serves(known: Advisor, subject: Subject, language: Language) -> bool:
    return known.state in offers.THERE and subject in known.skills and language in known.languages


def _talks(work: Work) -> list[Talk]:
    c = tickets.tickets.c
    since = func.coalesce(c.bridged_at, c.accepted_at)
    columns = (c.id, c.kind, c.state, c.subject, c.language, c.advisor_id, c.offer_id, c.on_hold, c.parent_id)
    found = select(*columns, since.label("since")).where(tickets.among("accepted", "talking")).order_by(c.id)
    return [
        Talk(
            row.id,
            row.kind,
            row.state,
            row.subject,
            row.language,
            row.advisor_id,
            row.offer_id,
            row.since,
            row.on_hold,
            row.parent_id,
        )
        for row in work.execute(found)
    ]


def _waiting(work: Work) -> dict[Key, tuple[int, int, datetime]]:
    """Return for each queue how many wait, how many of them for anybody, and since when the first does."""
    c = tickets.tickets.c
    free, since = func.count().filter(c.wanted_id.is_(None)), func.min(c.queued_at)
    counted = select(c.subject, c.language, func.count(), free, since).where(tickets.among("waiting"))
    rows = work.execute(counted.group_by(c.subject, c.language)).all()
    return {(key[0], key[1]): (count, free, since) for *key, count, free, since in map(tuple, rows)}


def _read_slowly() -> Slowly:
    with begin(_ACTOR) as work:
        return read_slowly(work)


def _look() -> Floor:
    slowly = _slowly.get()
    with begin(_ACTOR) as work:
        return look(work, slowly)


_morning = Recent(SELDOM, _read_morning)
_slowly = Recent(SLOWLY, _read_slowly)
_floor = Recent(AT_ONCE, _look)


def forget_all() -> None:
    """Look anew at the figures too."""
    _morning.forget()
    _slowly.forget()
    _floor.forget()
