"""Twilio's Conferences resource and the Participants of a conference.

https://www.twilio.com/docs/voice/api/conference-resource and …/conference-participant-resource. Participants are
those of a conference that has not ended; one is found by its call or its label.
"""

from email.utils import format_datetime
from typing import Any

from aiohttp import web

from exchange.conferences import Participant, Room
from exchange.parameters import API_VERSION
from exchange.rest import ROOT, Form, RestError, changing, flag_in, guarded, method_in, not_found, page, url_in
from exchange.switchboard import Switchboard


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer both resources."""
    return ConferenceHandlers(switchboard).routes()


class ConferenceHandlers:
    """The handlers."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard

    def routes(self) -> list[web.RouteDef]:
        """List what may be asked."""
        collection, one = ROOT + "/{account}/Conferences.json", ROOT + "/{account}/Conferences/{conference}.json"
        participants = ROOT + "/{account}/Conferences/{conference}/Participants.json"
        participant = ROOT + "/{account}/Conferences/{conference}/Participants/{call}.json"
        return [
            web.get(collection, guarded(self._switchboard.account, self.list_)),
            web.get(one, guarded(self._switchboard.account, self.read)),
            web.post(one, changing(self._switchboard, self.update)),
            web.get(participants, guarded(self._switchboard.account, self.list_participants)),
            web.get(participant, guarded(self._switchboard.account, self.read_participant)),
            web.post(participant, changing(self._switchboard, self.update_participant)),
            web.delete(participant, changing(self._switchboard, self.put_out)),
        ]

    def find(self, request: web.Request) -> Room:
        """Find the conference that a path names."""
        room = self._switchboard.conferences.listed().get(request.match_info["conference"])
        if room is None:
            raise not_found(request)
        return room

    def participant_of(self, request: web.Request) -> tuple[Room, Participant]:
        """Find the participant that a path names, and the conference."""
        room = self.find(request)
        participant = room.find(request.match_info["call"])
        if participant is None:
            raise not_found(request)
        return room, participant

    async def list_(self, request: web.Request) -> web.Response:
        """List the conferences, the newest first."""
        name, status = request.query.get("FriendlyName"), request.query.get("Status")
        found = [
            room_resource(room)
            for room in reversed(self._switchboard.conferences.listed().values())
            if name in {None, room.name} and status in {None, room.status}
        ]
        return page(request, "conferences", found)

    async def read(self, request: web.Request) -> web.Response:
        """Show a conference."""
        return web.json_response(room_resource(self.find(request)))

    def update(self, request: web.Request, form: Form) -> web.Response:
        """End a conference."""
        room = self.find(request)
        if form.get("Status", "completed") != "completed":
            raise RestError(400, 20001, "Status can only be set to completed")
        if "Status" in form:
            room.end()
        return web.json_response(room_resource(room))

    async def list_participants(self, request: web.Request) -> web.Response:
        """List who is in a conference."""
        wanted = {name: request.query.get(name) for name in ("Muted", "Hold", "Coaching")}
        room = self.find(request)
        found = [
            participant_resource(room, each)
            for each in room.participants.values()
            if all(value is None or value.lower() == each.params()[name] for name, value in wanted.items())
        ]
        return page(request, "participants", found)

    async def read_participant(self, request: web.Request) -> web.Response:
        """Show a participant."""
        return web.json_response(participant_resource(*self.participant_of(request)))

    def update_participant(self, request: web.Request, form: Form) -> web.Response:
        """Mute, hold or change a participant."""
        room, participant = self.participant_of(request)
        _change(room, participant, form)
        return web.json_response(participant_resource(room, participant))

    def put_out(self, request: web.Request, _form: Form) -> web.Response:
        """Put a participant out of a conference."""
        room, participant = self.participant_of(request)
        room.put_out(participant.leg.call.sid)
        return web.Response(status=204)


def _change(room: Room, participant: Participant, form: Form) -> None:
    coached = form.get("CallSidToCoach", participant.coached)
    coaching = flag_in(form, "Coaching", bool(coached))
    if coaching and coached not in room.participants:
        raise RestError(400, 16006, "CallSidToCoach must be a call in this conference")
    hold, url = flag_in(form, "Hold", participant.hold), url_in(form, "HoldUrl", 21205)
    method, muted = method_in(form, "HoldMethod"), flag_in(form, "Muted", participant.muted)
    end_on_exit = flag_in(form, "EndConferenceOnExit", participant.end_on_exit)
    room.modify(participant, end_on_exit=end_on_exit, coached=coached if coaching else "")
    room.mute(participant, muted=muted)
    room.hold(participant, hold=hold, url=url if hold else "", method=method)


def room_resource(room: Room) -> dict[str, Any]:
    """Write a conference as Twilio's REST API represents it."""
    uri = f"{ROOT}/{room.account_sid}/Conferences/{room.sid}"
    return {
        "account_sid": room.account_sid,
        "api_version": API_VERSION,
        "call_sid_ending_conference": room.ended_by or None,
        "date_created": format_datetime(room.created),
        "date_updated": format_datetime(room.updated),
        "friendly_name": room.name,
        "reason_conference_ended": room.reason,
        "region": "us1",
        "sid": room.sid,
        "status": room.status,
        "subresource_uris": {"participants": f"{uri}/Participants.json", "recordings": f"{uri}/Recordings.json"},
        "uri": f"{uri}.json",
    }


def participant_resource(room: Room, participant: Participant) -> dict[str, Any]:
    """Write a participant as Twilio's REST API represents it."""
    return {
        "account_sid": room.account_sid,
        "call_sid": participant.leg.call.sid,
        "call_sid_to_coach": participant.coached or None,
        "coaching": bool(participant.coached),
        "conference_sid": room.sid,
        "date_created": format_datetime(participant.created),
        "date_updated": format_datetime(participant.updated),
        "end_conference_on_exit": participant.end_on_exit,
        "hold": participant.hold,
        "label": participant.label or None,
        "muted": participant.muted,
        "queue_time": None,
        "start_conference_on_enter": participant.start_on_enter,
        "status": "connected",
        "uri": f"{ROOT}/{room.account_sid}/Conferences/{room.sid}/Participants/{participant.leg.call.sid}.json",
    }
