"""What the events tell: of each ticket how long it waited and who talked, of each advisor when they could have.

This is the one place that knows what the details of an event mean. A ticket's wait begins with its first `queued` and
ends with `bridged`, `abandoned`, `kept` or `unserved`, whichever is first: who is transferred, or has lost the advisor,
waits again in the same story. Whoever begins a handling is in it until `ended`, `lost` or `transferred`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Literal, NamedTuple

from callcenter.events import Type
from callcenter.figures.reading import LONGEST, Event

Ending = Literal["bridged", "abandoned", "kept", "unserved"]
"""How the wait ended."""
UNSAID = "other"
"""Why an advisor was wanted, where the log does not say."""
COUNTED: frozenset[Type] = frozenset(
    {
        *("offered", "rejected", "unanswered", "unacknowledged", "transferred", "lost"),
        *("promised", "missed", "dialled", "reached", "not-reached"),
    }
)
"""Events that are counted when they happen."""


class Span(NamedTuple):
    """A time that something took."""

    began: datetime
    ended: datetime

    @property
    def lasted(self) -> timedelta:
        """Return how long; clocks of two machines may differ, so never less than nothing."""
        return max(self.ended - self.began, timedelta())


@dataclass(slots=True)
class Course:
    """A time that may not be over yet."""

    began: datetime
    ended: datetime | None = None

    def end(self, at: datetime) -> None:
        """Say when it ended; the first time counts."""
        self.ended = self.ended or max(self.began, at)

    def until(self, now: datetime) -> Span:
        """Return it, cut where nothing lasts longer, or now."""
        return Span(self.began, min(self.ended or now, self.began + LONGEST))


@dataclass(slots=True)
class Handling:
    """One advisor with one ticket: talking, its holds, and the wrap-up after it."""

    advisor: int
    talk: Course
    holds: list[Course] = field(default_factory=list)
    wrap_up: Course | None = None

    @property
    def over(self) -> bool:
        """Say whether all of it is."""
        return self.talk.ended is not None and (self.wrap_up is None or self.wrap_up.ended is not None)

    def end(self, at: datetime) -> None:
        """End the talk, and a hold that is open."""
        for each in (*self.holds, self.talk):
            each.end(at)


@dataclass(slots=True)
class Story:
    """A ticket, from its first wait on."""

    kind: str
    subject: str
    language: str
    queued_at: datetime
    reason: str = UNSAID
    waited: timedelta | None = None  # the first wait; None while it lasts
    ending: Ending | None = None
    handlings: list[Handling] = field(default_factory=list)
    waits_again: bool = False
    gave_up_again: bool = False  # hung up in a later wait, after having talked
    score: int | None = None
    whole: bool = True  # False: seen from an advisor who was not the first to answer it

    @property
    def now_with(self) -> Handling | None:
        """Return who talks, if anybody does."""
        return self.handlings[-1] if self.handlings and self.handlings[-1].talk.ended is None else None

    @property
    def answered_by(self) -> int | None:
        """Return the advisor who ended the first wait."""
        return self.handlings[0].advisor if self.ending == "bridged" else None

    @property
    def over(self) -> bool:
        """Say whether somebody talked, and nobody does any more."""
        return bool(self.handlings) and not self.waits_again and all(each.over for each in self.handlings)


@dataclass(frozen=True)
class Happening:
    """An event that counts when it happens."""

    at: datetime
    type: Type
    subject: str | None
    language: str | None
    advisor: int | None
    reason: str | None = None


@dataclass(frozen=True)
class Shift:
    """When an advisor was signed in, not ready, and at work; each in order, and without overlaps."""

    signed_in: tuple[Span, ...] = ()
    not_ready: tuple[Span, ...] = ()
    worked: tuple[Span, ...] = ()


@dataclass(frozen=True)
class History:
    """All that the events tell, until `now`; stories by their first wait, happenings by their instant."""

    stories: tuple[Story, ...]
    happenings: tuple[Happening, ...]
    shifts: Mapping[int, Shift]
    now: datetime

    def by_advisor(self) -> Iterator[tuple[int, "History"]]:
        """Give each advisor their part: their handlings, the waits that they ended, the scores where they were last."""
        stories: dict[int, list[Story]] = {}
        happenings: dict[int, list[Happening]] = {}
        for story in self.stories:
            for advisor in {each.advisor for each in story.handlings}:
                stories.setdefault(advisor, []).append(_part(story, advisor))
        for happening in self.happenings:
            if happening.advisor:
                happenings.setdefault(happening.advisor, []).append(happening)
        for advisor, shift in sorted(self.shifts.items()):
            theirs = tuple(stories.get(advisor, ())), tuple(happenings.get(advisor, ()))
            yield advisor, History(*theirs, {advisor: shift}, self.now)

    def by(self, name: Callable[[Story | Happening], str | None]) -> Iterator[tuple[str, "History"]]:
        """Give each name what bears it, and no advisors' time, which is of no call; None is no name."""
        stories: dict[str | None, list[Story]] = {}
        happenings: dict[str | None, list[Happening]] = {}
        for story in self.stories:
            stories.setdefault(name(story), []).append(story)
        for happening in self.happenings:
            happenings.setdefault(name(happening), []).append(happening)
        for each in sorted(filter(None, {*stories, *happenings})):
            yield each, History(tuple(stories.get(each, ())), tuple(happenings.get(each, ())), {}, self.now)

    def only(self, wanted: Callable[[Story | Happening], bool]) -> "History":
        """Return what is `wanted`, and no advisors' time, which is of no call."""
        return History(tuple(filter(wanted, self.stories)), tuple(filter(wanted, self.happenings)), {}, self.now)


def _part(story: Story, advisor: int) -> Story:
    return replace(
        story,
        handlings=[each for each in story.handlings if each.advisor == advisor],
        whole=story.answered_by == advisor,
        score=story.score if story.handlings[-1].advisor == advisor else None,
    )


def tell(events: Iterable[Event], now: datetime) -> History:
    """Return what `events`, in the order of the log, tell until `now`."""
    telling = _Telling()
    for event in events:
        telling.take(event)
    return telling.history(now)


@dataclass(slots=True)
class _Presence:
    signed_in: list[Course] = field(default_factory=list)
    not_ready: list[Course] = field(default_factory=list)


@dataclass(slots=True)
class _Telling:
    stories: dict[int, Story] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    presences: dict[int, _Presence] = field(default_factory=dict)
    talking: dict[int, Handling] = field(default_factory=dict)  # an advisor talks to one at a time
    wrapping: dict[int, Course] = field(default_factory=dict)
    reached: set[int | None] = field(default_factory=set)

    def take(self, event: Event) -> None:
        story, told = self.stories.get(event.ticket or 0), event.details
        if event.type == "queued" and event.ticket and story is None:
            if "kind" in told and not (told["kind"] == "call" and told["again"]):  # else it began before what was read
                self.stories[event.ticket] = Story(
                    told["kind"], told["subject"], told["language"], event.at, told.get("reason", UNSAID)
                )
        elif story:
            self._go_on(story, event)
        if event.type in COUNTED and not (event.type == "reached" and event.ticket in self.reached):
            self._count(story, event)
        if event.advisor:
            self._presence(event.advisor, event, story)

    def _count(self, story: Story | None, event: Event) -> None:
        subject = story.subject if story else event.details.get("subject")
        language = story.language if story else event.details.get("language")
        reason = story.reason if story else None
        self.happenings.append(Happening(event.at, event.type, subject, language, event.advisor, reason))
        if event.type == "reached":  # told by who placed the call, and by who heard it taken
            self.reached.add(event.ticket)

    def _go_on(self, story: Story, event: Event) -> None:
        """Take an event of a ticket that has begun to wait."""
        now_with = story.now_with
        match event.type:
            case "queued":
                story.waits_again = story.ending == "bridged"
            case "bridged" | "abandoned" | "kept" | "unserved" if story.waited is None:
                story.waited = max(event.at - story.queued_at, timedelta())
                story.ending = event.type
            case "abandoned" | "kept" | "unserved" if story.waits_again:
                story.waits_again, story.gave_up_again = False, True
            case "held" if now_with:
                now_with.holds.append(Course(event.at))
            case "resumed" if now_with:
                _end_last(now_with.holds, event.at)
            case "surveyed":
                story.score = event.details["score"]
        if event.type in {"queued", "transferred", "lost", "ended"} and now_with:
            now_with.end(event.at)
        advisor = _who_begins(event)
        if advisor and (story.now_with is None or story.now_with.advisor != advisor):
            self._begin(story, advisor, event.at)

    def _begin(self, story: Story, advisor: int, at: datetime) -> None:
        if story.now_with:
            story.now_with.end(at)
        self._leave(advisor, at)
        self.talking[advisor] = Handling(advisor, Course(at))
        story.handlings.append(self.talking[advisor])
        story.waits_again = False

    def _leave(self, advisor: int, at: datetime) -> None:
        """End what an advisor was doing: they do something else now."""
        if advisor in self.talking:
            self.talking.pop(advisor).end(at)
        if advisor in self.wrapping:
            self.wrapping.pop(advisor).end(at)

    def _presence(self, advisor: int, event: Event, story: Story | None) -> None:
        here = self.presences.setdefault(advisor, _Presence())
        match event.type:
            case "signed-in" | "ready" | "not-ready" | "wrap-up" | "accepted":
                _begin(here.signed_in, event.at)
                _end_last(here.not_ready, event.at)
            case "signed-out":
                _end_last(here.signed_in, event.at)
                _end_last(here.not_ready, event.at)
        if event.type == "not-ready":
            _begin(here.not_ready, event.at)
        if event.type in {"ready", "not-ready", "wrap-up", "signed-out", "wrapped-up"}:
            self._leave(advisor, event.at)
        theirs = [each for each in story.handlings if each.advisor == advisor] if story else []
        if event.type == "wrap-up" and theirs:
            theirs[-1].wrap_up = self.wrapping[advisor] = Course(event.at)

    def history(self, now: datetime) -> History:
        stories = tuple(sorted(self.stories.values(), key=lambda each: each.queued_at))
        work: dict[int, list[Span]] = {}
        for handling in chain.from_iterable(each.handlings for each in stories):
            spans = [each.until(now) for each in (handling.talk, handling.wrap_up) if each]
            work.setdefault(handling.advisor, []).extend(spans)
        shifts = {advisor: Shift(worked=tuple(sorted(spans))) for advisor, spans in work.items()}
        for advisor, here in self.presences.items():
            shifts[advisor] = Shift(
                tuple(each.until(now) for each in here.signed_in),
                tuple(each.until(now) for each in here.not_ready),
                shifts.get(advisor, Shift()).worked,
            )
        return History(stories, tuple(sorted(self.happenings, key=lambda each: each.at)), shifts, now)


def _who_begins(event: Event) -> int | None:
    """Return the advisor who has the caller from now on: by an offer of theirs, or handed over by another."""
    if event.type == "transferred" and event.details.get("warm") and isinstance(event.details.get("to"), int):
        return int(event.details["to"])
    return event.advisor if event.type == "bridged" else None


def _begin(courses: list[Course], at: datetime) -> None:
    if not courses or courses[-1].ended or at >= courses[-1].began + LONGEST:
        courses.append(Course(at))


def _end_last(courses: list[Course], at: datetime) -> None:
    if courses:
        courses[-1].end(at)
