"""What a caller is about to do: keys, words, silences, and putting the receiver down.

A hand does one thing at a time, and waits until the exchange can perceive it: keys and words are
given while a Gather speaks or listens or in a conference, a silence only when it listens. Hanging up
needs no wait. What comes from elsewhere, such as a REST call that sends the call to another
document, is before all that the caller still means to do.
"""

from collections import deque
from typing import TypeAlias

from exchange.effects import (
    Answered,
    Confer,
    Effect,
    Event,
    Held,
    HungUp,
    Interruption,
    Key,
    Listen,
    PlayAudio,
    Redirected,
    Rest,
    Silence,
    Speak,
    Speech,
    Unanswered,
)  # fmt: skip

Deed: TypeAlias = Key | Speech | Silence | HungUp
Urgent: TypeAlias = Interruption | Held | Answered | Unanswered


class Hand:
    """A queue of deeds."""

    def __init__(self) -> None:
        self._deeds: deque[Deed] = deque()
        self._urgent: deque[Urgent] = deque()

    def __len__(self) -> int:
        return len(self._deeds)

    def will(self, *deeds: Deed) -> None:
        """Add deeds, to be done after those already waiting."""
        self._deeds.extend(deeds)

    def press(self, keys: str) -> None:
        """Add keys, one after the other."""
        self.will(*(Key(key) for key in keys))

    def must(self, event: Urgent) -> None:
        """Add what happens to the call, before all that the caller still means to do."""
        self._urgent.append(event)

    def urgent(self) -> Event | None:
        """Take what happens to the call, if anything does."""
        return self._urgent.popleft() if self._urgent else None

    def left_conference(self) -> None:
        """Forget what the conference that the call has left still meant to tell it."""
        self._urgent = deque(each for each in self._urgent if isinstance(each, HungUp | Redirected))

    def does(self, effect: Effect) -> Event | None:
        """Take the deed that answers an effect now, if there is one."""
        if (event := self.urgent()) is not None:
            return event
        if not self._deeds:
            return None
        deed = self._deeds[0]
        if isinstance(deed, HungUp) or _perceives(effect, deed):
            return self._deeds.popleft()
        return None

    def forget(self) -> None:
        """Give up all that was still to be done."""
        self._deeds.clear()


def _perceives(effect: Effect, deed: Deed) -> bool:
    match effect, deed:
        case (Listen(), _) | (Confer(), Key() | Speech()):
            return True
        case Speak() | PlayAudio() | Rest(), Key():
            return "dtmf" in effect.interrupted_by
        case Speak() | PlayAudio() | Rest(), Speech():
            return "speech" in effect.interrupted_by
        case _:
            return False
