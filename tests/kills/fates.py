"""What became of each call, by what its phone was told: nothing here asks our servers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal, NamedTuple

from tests.kills.customers import Phone
from tests.kills.seats import Taken

Fate = Literal["never asked", "answered", "kept", "unserved", "abandoned", "lost"]
SCORES = set("12345")


class Talk(NamedTuple):
    """A time, in milliseconds since 1970, in which a caller was with an advisor, named as in a conference."""

    advisor: str
    began: int
    ended: int


@dataclass
class Story:
    """One call, as its phone has it."""

    phone: Phone
    talks: list[Talk] = field(default_factory=list)
    waits: int = 0
    talked_before_last_wait: bool = False
    talked_in_last_wait: bool = False
    kept: bool = False
    unserved: bool = False
    hung_up: bool = False
    cut: bool = False
    """Whether a webhook and then its fallback met servers that were killed: the carrier ends such a call."""
    scored: bool = False

    @property
    def sid(self) -> str:
        """The call's identifier."""
        return self.phone.line.call.sid

    @property
    def fate(self) -> Fate:
        """How the first wait ended."""
        if self.talks:
            return "answered"
        if not self.waits:
            return "never asked"
        if self.kept:
            return "kept"
        if self.unserved:
            return "unserved"
        return "abandoned" if self.hung_up else "lost"

    @property
    def gave_up_again(self) -> bool:
        """Whether they hung up in a later wait, after having talked, or kept their place then."""
        return self.talked_before_last_wait and not self.talked_in_last_wait and (self.hung_up or self.kept)

    @property
    def left_again(self) -> bool:
        """Whether a later wait, after a talk, came to nothing though the caller stayed."""
        return self.talked_before_last_wait and not self.talked_in_last_wait and not self.gave_up_again


def read(phone: Phone) -> Story:
    """Read what a phone was told."""
    story, since, now_with = Story(phone), dict[str, int](), frozenset[str]()
    last_question, last_key = "", ""
    for _, event in phone.line.events.now():
        match event["kind"]:
            case "queued":
                story.waits += 1
                story.talked_before_last_wait = bool(story.talks or now_with)
                story.talked_in_last_wait = False
            case "dequeued" if event["result"] == "leave":
                story.kept = True
            case "listening" if event["turn"] is not None:
                question = event["question"].partition(".")[0]
                story.kept |= last_question == "" and question == "callback-number-confirm" and not story.unserved
                story.unserved |= question == "callback-day"
                story.scored |= last_question == "survey" and last_key in SCORES and question != "survey"
                last_question = question
            case "webhook" if event["path"] == "/voice/fallback" and event["status"] is None:
                story.cut = story.hung_up = True
            case "did":
                story.hung_up |= event["deed"] == "hangup"
                last_key = event.get("key", "")
            case "joined" | "left" | "ended":
                here = _advisors(event)
                for each in here - now_with:
                    since[each] = event["at"]
                story.talks += [Talk(each, since[each], event["at"]) for each in now_with - here]
                story.talked_in_last_wait |= bool(here)
                now_with = here
    return story


def _advisors(event: dict[str, Any]) -> frozenset[str]:
    gone = event["kind"] == "ended" or (event["kind"] == "left" and event["own"])
    return frozenset() if gone else frozenset(each for each in event["others"] if each.startswith("advisor-"))


def doubled(stories: Iterable[Story], taken: Iterable[Taken]) -> list[str]:
    """Name whoever was with two at once: callers, unless one advisor had asked the other in; advisors, always."""
    by_advisor: dict[str, list[tuple[Talk, Story]]] = {}
    found: list[str] = []
    asked_in = [each for each in taken if each.kind == "consult"]
    for story in stories:
        for one, other in combinations(story.talks, 2):
            if _meet(one, other) and not any(_by_consult(each, one, other) for each in asked_in):
                found.append(f"{story.sid} with {one} and {other}")
        for talk in story.talks:
            by_advisor.setdefault(talk.advisor, []).append((talk, story))
    for talks in by_advisor.values():
        for (one, mine), (other, theirs) in combinations(talks, 2):
            if mine is not theirs and _meet(one, other):
                found.append(f"{one.advisor} with {mine.sid} and {theirs.sid}")
    return found


def _meet(one: Talk, other: Talk) -> bool:
    return one.began < other.ended and other.began < one.ended


def _by_consult(asked: Taken, *talks: Talk) -> bool:
    """Say whether one of these talks is that of an advisor who was asked in."""
    return any(talk.advisor == f"advisor-{asked.advisor}" and talk.began >= asked.at * 1000 - 1000 for talk in talks)


def twice(taken: Iterable[Taken]) -> Iterator[str]:
    """Give the offers that two advisors accepted."""
    owners: dict[int, set[int]] = {}
    for each in taken:
        owners.setdefault(each.offer, set()).add(each.advisor)
    return (f"offer {offer}: advisors {sorted(whose)}" for offer, whose in owners.items() if len(whose) > 1)
