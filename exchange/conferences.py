"""The conferences of the account: rooms by name, and the calls that are in them.

https://www.twilio.com/docs/voice/twiml/conference and …/api/conference-resource. A conference begins when
two calls are in it and one of them may begin it; until then those in it hear its wait URL, or music. It ends
when the last call leaves, or one whose `endConferenceOnExit` is true, or by REST.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal

from exchange.callbacks import Begin, Callbacks
from exchange.complaints import Code
from exchange.effects import Held, NotJoined, Parted, Resumed
from exchange.legs import Leg
from exchange.verbs import Conference, Method
from exchange.webhooks import Postman

Reason = Literal[
    "conference-ended-via-api",
    "participant-with-end-conference-on-exit-left",
    "participant-with-end-conference-on-exit-kicked",
    "last-participant-kicked",
    "last-participant-left",
]
Leaving = Literal[
    "conference_ended_via_api", "moderator_ended_conference", "participant_updated_via_api", "participant_hung_up"
]
MOST_ROOMS = 1000
"""Conferences that are remembered; past that, the oldest that are over are forgotten."""
ENOUGH = 2
"""How many calls begin a conference."""


@dataclass(slots=True, eq=False)
class Participant:
    """One call in a conference."""

    leg: Leg
    label: str
    muted: bool
    start_on_enter: bool
    end_on_exit: bool
    coached: str
    """The call that it coaches, and that alone hears it; empty where it coaches none."""
    hold: bool = False
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def known_as(self) -> str:
        """Its label, or what is known of its call."""
        return self.label or self.leg.known_as

    def params(self) -> dict[str, str]:
        """List what a status callback carries of it."""
        flags = {
            "Muted": self.muted,
            "Hold": self.hold,
            "Coaching": bool(self.coached),
            "EndConferenceOnExit": self.end_on_exit,
            "StartConferenceOnEnter": self.start_on_enter,
        }
        told = {"CallSid": self.leg.call.sid} | {name: str(flag).lower() for name, flag in flags.items()}
        told |= {"CallSidToCoach": self.coached} if self.coached else {}
        return told | ({"ParticipantLabel": self.label} if self.label else {})


class Room:
    """One conference, from the first call that joins it to its end."""

    def __init__(
        self, account_sid: str, first: Conference, postman: Postman, begin: Begin, whereabouts: dict[str, "Room"]
    ) -> None:
        self.account_sid = account_sid
        self.name = first.name
        self.sid = f"CF{secrets.token_hex(16)}"
        self.status: Literal["init", "in-progress", "completed"] = "init"
        self.reason: Reason | None = None
        self.ended_by = ""
        self.created = self.updated = datetime.now(UTC)
        self.participants: dict[str, Participant] = {}
        self._verb = first
        self._postman = postman
        self._callbacks = Callbacks(begin, self._send)
        self._whereabouts = whereabouts

    def find(self, call_sid_or_label: str) -> Participant | None:
        """Find a participant by its call or its label."""
        found = self.participants.get(call_sid_or_label)
        return found or next((p for p in self.participants.values() if p.label == call_sid_or_label), None)

    def join(self, leg: Leg, verb: Conference) -> NotJoined | None:
        """Let a call in; says why where it may not."""
        if len(self.participants) >= verb.max_participants:
            return NotJoined(Code.CONFERENCE, f"{self.name} is full")
        if verb.label and self.find(verb.label) is not None:
            return NotJoined(Code.SAME_LABEL, verb.label)
        if verb.coach and verb.coach not in self.participants:
            return NotJoined(Code.COACH, verb.coach)
        participant = Participant(leg, verb.label, verb.muted, verb.start_on_enter, verb.end_on_exit, verb.coach)
        self.participants[leg.call.sid] = participant
        self._whereabouts[leg.call.sid] = self
        self._tell_phones("joined", participant)
        self._tell("join", "participant-join", participant.params())
        if self.status == "init":
            self._begin_or_wait(participant, verb)
        return None

    def leave(self, call_sid: str, why: Leaving, *, kicked: bool = False) -> None:
        """Let a call go, if it is here; that may end the conference."""
        if (participant := self._out(call_sid, why)) is None:
            return
        if participant.end_on_exit:
            how: Reason = "participant-with-end-conference-on-exit-left"
            self._end("participant-with-end-conference-on-exit-kicked" if kicked else how, participant)
        elif not self.participants:
            self._end("last-participant-kicked" if kicked else "last-participant-left", participant)

    def put_out(self, call_sid: str) -> None:
        """Put a call out by REST: its Dial is over."""
        participant = self.participants[call_sid]
        self.leave(call_sid, "participant_updated_via_api", kicked=True)
        participant.leg.must(Parted())

    def end(self) -> None:
        """End it by REST."""
        if self.status != "completed":
            self._end("conference-ended-via-api", None)

    def mute(self, participant: Participant, *, muted: bool) -> None:
        """Let the others no longer, or again, hear a call."""
        if participant.muted != muted:
            participant.muted = muted
            self._changed("mute", "participant-mute" if muted else "participant-unmute", participant)
            self._tell_phones("muted" if muted else "unmuted", participant)

    def hold(self, participant: Participant, *, hold: bool, url: str = "", method: Method = "POST") -> None:
        """Let a call hear a document, or music, instead of the conference; or the conference again."""
        if participant.hold == hold and not url:
            return
        was_held, participant.hold = participant.hold, hold
        if was_held or not hold:
            participant.leg.must(Resumed())
        if hold and url:
            participant.leg.must(Held(url, method))
        if was_held != hold:
            self._changed("hold", "participant-hold" if hold else "participant-unhold", participant)
            self._tell_phones("held" if hold else "unheld", participant)

    def modify(self, participant: Participant, *, end_on_exit: bool, coached: str) -> None:
        """Change what else can be changed of a participant."""
        if (participant.end_on_exit, participant.coached) != (end_on_exit, coached):
            participant.end_on_exit, participant.coached = end_on_exit, coached
            self._changed("modify", "participant-modify", participant)

    def say(self, call_sid: str, text: str) -> None:
        """Let those who hear a call hear its words."""
        speaker = self.participants.get(call_sid)
        if speaker is None or speaker.muted or speaker.hold or self.status != "in-progress":
            return
        for hearer in self.participants.values():
            if hearer is not speaker and not hearer.hold and speaker.coached in {"", hearer.leg.call.sid}:
                hearer.leg.tell("heard", who=speaker.known_as, text=text)

    def others(self, participant: Participant) -> list[str]:
        """List who else is in the conference."""
        return [each.known_as for each in self.participants.values() if each is not participant]

    def _begin_or_wait(self, participant: Participant, verb: Conference) -> None:
        if len(self.participants) >= ENOUGH and any(each.start_on_enter for each in self.participants.values()):
            self.status = "in-progress"
            self._tell("start", "conference-start", {})
            for each in self.participants.values():
                if each is not participant and not each.hold:
                    each.leg.must(Resumed())
        elif verb.wait_url:
            participant.leg.must(Held(verb.wait_url, verb.wait_method, again=False))

    def _out(self, call_sid: str, why: Leaving) -> Participant | None:
        participant = self.participants.pop(call_sid, None)
        if participant is not None:
            del self._whereabouts[call_sid]
            participant.leg.left_conference()
            gone = {"ParticipantCallStatus": participant.leg.status, "ReasonParticipantLeft": why}
            self._tell_phones("left", participant)
            self._tell("leave", "participant-leave", participant.params() | gone)
        return participant

    def _end(self, reason: Reason, by: Participant | None) -> None:
        self.status, self.reason = "completed", reason
        why: Leaving = "conference_ended_via_api" if by is None else "moderator_ended_conference"
        for participant in list(self.participants.values()):
            self._out(participant.leg.call.sid, why)
            participant.leg.must(Parted())
        told = {"ReasonConferenceEnded": reason, "Reason": reason.replace("-", " ")}
        if by is not None:
            self.ended_by = by.leg.call.sid
            told["CallSidEndingConference"] = by.leg.call.sid
            told |= {"ParticipantLabelEndingConference": by.label} if by.label else {}
        self._tell("end", "conference-end", told)

    def _changed(self, kind: str, event: str, participant: Participant) -> None:
        participant.updated = datetime.now(UTC)
        self._tell(kind, event, participant.params())

    def _tell_phones(self, kind: str, participant: Participant) -> None:
        """Tell the participant itself, and all who are with it."""
        others = self.others(participant)
        participant.leg.tell(kind, who=participant.known_as, own=True, others=others)
        for each in self.participants.values():
            if each is not participant:
                each.leg.tell(kind, who=participant.known_as, own=False, others=self.others(each))

    def _tell(self, kind: str, event: str, params: Mapping[str, str]) -> None:
        self.updated = datetime.now(UTC)
        if not self._verb.status_callback or kind not in self._verb.status_events:
            return
        about = {
            "AccountSid": self.account_sid,
            "ConferenceSid": self.sid,
            "FriendlyName": self.name,
            "StatusCallbackEvent": event,
            "Timestamp": format_datetime(self.updated),
        }
        self._callbacks.tell({**about, **params}, first=1)

    async def _send(self, params: Mapping[str, str]) -> None:
        await self._postman.notify(self.sid, self._verb.status_callback, params, self._verb.status_method)
        if params["StatusCallbackEvent"] == "conference-end":
            await self._postman.forget(self.sid)


class Conferences:
    """All conferences of this run, by their identifiers."""

    def __init__(self, account_sid: str, postman: Postman, begin: Begin) -> None:
        self.all: dict[str, Room] = {}
        self._open: dict[str, Room] = {}
        self._whereabouts: dict[str, Room] = {}
        self._private: set[str] = set()
        self._account_sid = account_sid
        self._postman = postman
        self._begin = begin

    def keep_private(self, name: str) -> None:
        """Show a room to nobody who asks by REST."""
        self._private.add(name)

    def listed(self) -> dict[str, Room]:
        """List the rooms that are shown."""
        return {sid: room for sid, room in self.all.items() if room.name not in self._private}

    def join(self, leg: Leg, verb: Conference) -> NotJoined | None:
        """Let a call into a room that has not ended, or a new one; says why where it may not."""
        room = self._open.get(verb.name)
        if room is None or room.status == "completed":
            if verb.coach:
                return NotJoined(Code.COACH, verb.coach)
            room = Room(self._account_sid, verb, self._postman, self._begin, self._whereabouts)
            self.all[room.sid] = self._open[verb.name] = room
            self._forget_old()
        return room.join(leg, verb)

    def of(self, call_sid: str) -> Room | None:
        """Find the conference that a call is in."""
        return self._whereabouts.get(call_sid)

    def leave(self, call_sid: str, why: Leaving) -> None:
        """Let a call go, wherever it is."""
        if (room := self.of(call_sid)) is not None:
            room.leave(call_sid, why)

    def _forget_old(self) -> None:
        if len(self.all) <= MOST_ROOMS:
            return
        over = [room for room in self.all.values() if room.status == "completed"]
        for room in over[: len(self.all) - MOST_ROOMS]:
            del self.all[room.sid]
            self._private.discard(room.name)
            if self._open.get(room.name) is room:
                del self._open[room.name]
