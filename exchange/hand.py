"""What a caller is about to do: keys, words, silences, and putting the receiver down.

A hand does one thing at a time, and waits until the exchange can perceive it: keys and words are
given while a Gather speaks or listens, a silence only when it listens. Hanging up needs no wait.
"""

from collections import deque
from typing import TypeAlias

from exchange.effects import Effect, Event, HungUp, Key, Listen, PlayAudio, Rest, Silence, Speak, Speech

Deed: TypeAlias = Key | Speech | Silence | HungUp


class Hand:
    """A queue of deeds."""

    def __init__(self) -> None:
        self._deeds: deque[Deed] = deque()

    def __len__(self) -> int:
        return len(self._deeds)

    def will(self, *deeds: Deed) -> None:
        """Add deeds, to be done after those already waiting."""
        self._deeds.extend(deeds)

    def press(self, keys: str) -> None:
        """Add keys, one after the other."""
        self.will(*(Key(key) for key in keys))

    def does(self, effect: Effect) -> Event | None:
        """Take the deed that answers an effect now, if there is one."""
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
        case Listen(), _:
            return True
        case Speak() | PlayAudio() | Rest(), Key():
            return "dtmf" in effect.interrupted_by
        case Speak() | PlayAudio() | Rest(), Speech():
            return "speech" in effect.interrupted_by
        case _:
            return False
