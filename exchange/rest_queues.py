"""Twilio's Queues resource and the Members of a queue.

https://www.twilio.com/docs/voice/api/queue-resource and …/member-resource. A member is fetched by its call, or as
`Front`; only the first who fetches it gets it, later ones are told that it is not there.
"""

from datetime import UTC, datetime

from aiohttp import web

from exchange.effects import Redirected
from exchange.queues import MOST_SIZE, USUAL_SIZE, Member, Queue
from exchange.rest import ROOT, Form, RestError, changing, guarded, method_in, not_found, number_in, page, url_in
from exchange.switchboard import Switchboard

LONGEST_NAME = 64


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer both resources."""
    return QueueHandlers(switchboard).routes()


class QueueHandlers:
    """The handlers."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard
        self._queues = switchboard.queues

    def routes(self) -> list[web.RouteDef]:
        """List what may be asked."""
        collection, one = ROOT + "/{account}/Queues.json", ROOT + "/{account}/Queues/{queue}.json"
        members = ROOT + "/{account}/Queues/{queue}/Members.json"
        member = ROOT + "/{account}/Queues/{queue}/Members/{call}.json"
        return [
            web.post(collection, changing(self._switchboard, self.create)),
            web.get(collection, guarded(self._switchboard.account, self.list_)),
            web.get(one, guarded(self._switchboard.account, self.read)),
            web.post(one, changing(self._switchboard, self.update)),
            web.delete(one, changing(self._switchboard, self.delete)),
            web.get(members, guarded(self._switchboard.account, self.list_members)),
            web.get(member, guarded(self._switchboard.account, self.read_member)),
            web.post(member, changing(self._switchboard, self.fetch_member)),
        ]

    def find(self, request: web.Request) -> Queue:
        """Find the queue that a path names."""
        queue = self._queues.all.get(request.match_info["queue"])
        if queue is None:
            raise not_found(request)
        return queue

    def member_of(self, request: web.Request) -> Member:
        """Find the waiting call that a path names."""
        members, wanted = self.find(request).members, request.match_info["call"]
        member = next(iter(members.values()), None) if wanted == "Front" else members.get(wanted)
        if member is None:
            raise not_found(request)
        return member

    def create(self, _request: web.Request, form: Form) -> web.Response:
        """Make a queue."""
        name = form.get("FriendlyName", "")
        if not name or len(name) > LONGEST_NAME:
            raise RestError(400, 22001, "FriendlyName is required, of at most 64 characters")
        if self._queues.named(name) is not None:
            raise RestError(400, 22003, f"Queue {name} already exists")
        size = number_in(form, "MaxSize", USUAL_SIZE, 1, MOST_SIZE)
        return web.json_response(self._queues.create(name, size).resource(), status=201)

    async def list_(self, request: web.Request) -> web.Response:
        """List the queues."""
        return page(request, "queues", [queue.resource() for queue in self._queues.all.values()])

    async def read(self, request: web.Request) -> web.Response:
        """Show a queue."""
        return web.json_response(self.find(request).resource())

    def update(self, request: web.Request, form: Form) -> web.Response:
        """Change the name or size of a queue."""
        queue = self.find(request)
        name, size = form.get("FriendlyName", queue.name), number_in(form, "MaxSize", queue.max_size, 1, MOST_SIZE)
        if self._queues.named(name) not in (None, queue):
            raise RestError(400, 22003, f"Queue {name} already exists")
        queue.name, queue.max_size, queue.updated = name, size, datetime.now(UTC)
        return web.json_response(queue.resource())

    def delete(self, request: web.Request, _form: Form) -> web.Response:
        """Delete a queue in which nobody waits."""
        queue = self.find(request)
        if queue.members:
            raise RestError(400, 22002, "Queue is not empty")
        del self._queues.all[queue.sid]
        return web.Response(status=204)

    async def list_members(self, request: web.Request) -> web.Response:
        """List who waits."""
        return page(request, "queue_members", [member.resource() for member in self.find(request).members.values()])

    async def read_member(self, request: web.Request) -> web.Response:
        """Show one who waits."""
        return web.json_response(self.member_of(request).resource())

    def fetch_member(self, request: web.Request, form: Form) -> web.Response:
        """Send one who waits to a document."""
        member = self.member_of(request)
        url, method = url_in(form, "Url", 21205, required=True), method_in(form, "Method")
        answer = member.resource()
        self._queues.leave(member.leg.call.sid)
        member.leg.must(Redirected(url, method))
        return web.json_response({**answer, "position": 0})
