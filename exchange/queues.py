"""The queues of the account, and the calls that wait in them.

https://www.twilio.com/docs/voice/api/queue-resource and …/member-resource. A call is a member from its
Enqueue until it leaves, is fetched or sent elsewhere, or ends, whichever is first: who takes it out of the
queue (`leave`) is told so once, and everybody later that it is not there.
"""

import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from exchange.legs import Leg
from exchange.parameters import API_VERSION, of_waiting
from exchange.verbs import Enqueue

USUAL_SIZE, MOST_SIZE = 1000, 5000


@dataclass(slots=True, eq=False)
class Member:
    """One call that waits: a `Place`."""

    queue: "Queue"
    leg: Leg
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    began: float = field(default_factory=time.monotonic)

    @property
    def queue_sid(self) -> str:
        """The queue's identifier."""
        return self.queue.sid

    @property
    def seconds(self) -> int:
        """How long the call has waited."""
        return int(time.monotonic() - self.began)

    @property
    def position(self) -> int:
        """How many calls are served before it is, this one included; 0 where it waits no longer."""
        sids = list(self.queue.members)
        return sids.index(self.leg.call.sid) + 1 if self.leg.call.sid in self.queue.members else 0

    def params(self) -> dict[str, str]:
        """List what a wait URL is sent."""
        queue = self.queue
        return of_waiting(
            queue.sid,
            position=self.position,
            seconds=self.seconds,
            average=queue.average_wait,
            size=len(queue.members),
            most=queue.max_size,
        )

    def resource(self) -> dict[str, Any]:
        """Write the member as Twilio's REST API represents it."""
        return {
            "call_sid": self.leg.call.sid,
            "date_enqueued": format_datetime(self.since),
            "position": self.position,
            "queue_sid": self.queue.sid,
            "uri": f"{self.queue.uri}/Members/{self.leg.call.sid}.json",
            "wait_time": self.seconds,
        }


@dataclass(slots=True, eq=False)
class Queue:
    """One queue: its members by their calls, the longest waiting first."""

    account_sid: str
    name: str
    max_size: int = USUAL_SIZE
    sid: str = field(default_factory=lambda: f"QU{secrets.token_hex(16)}")
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def uri(self) -> str:
        """The path of the resource, without `.json`."""
        return f"/{API_VERSION}/Accounts/{self.account_sid}/Queues/{self.sid}"

    @property
    def average_wait(self) -> int:
        """How many seconds those in it have waited on the average."""
        return sum(member.seconds for member in self.members.values()) // max(1, len(self.members))

    def resource(self) -> dict[str, Any]:
        """Write the queue as Twilio's REST API represents it."""
        return {
            "account_sid": self.account_sid,
            "average_wait_time": self.average_wait,
            "current_size": len(self.members),
            "date_created": format_datetime(self.created),
            "date_updated": format_datetime(self.updated),
            "friendly_name": self.name,
            "max_size": self.max_size,
            "sid": self.sid,
            "subresource_uris": {"members": f"{self.uri}/Members.json"},
            "uri": f"{self.uri}.json",
        }


class Queues:
    """All queues of this run."""

    def __init__(self, account_sid: str) -> None:
        self.all: dict[str, Queue] = {}
        self._account_sid = account_sid

    def named(self, name: str) -> Queue | None:
        """Find a queue by its name."""
        return next((queue for queue in self.all.values() if queue.name == name), None)

    def create(self, name: str, max_size: int = USUAL_SIZE) -> Queue:
        """Add a queue."""
        queue = Queue(self._account_sid, name, max_size)
        self.all[queue.sid] = queue
        return queue

    def enter(self, leg: Leg, enqueue: Enqueue) -> Member | None:
        """Let a call wait, in a queue that is made where there is none; None where it is full."""
        queue = self.named(enqueue.name) or self.create(enqueue.name)
        if len(queue.members) >= (enqueue.max_size or queue.max_size):
            return None
        member = queue.members[leg.call.sid] = Member(queue, leg)
        return member

    def waiting(self, call_sid: str) -> Member | None:
        """Find where a call waits."""
        return next((queue.members[call_sid] for queue in self.all.values() if call_sid in queue.members), None)

    def leave(self, call_sid: str) -> bool:
        """Take a call out of its queue; False where it is in none."""
        member = self.waiting(call_sid)
        if member is None:
            return False
        del member.queue.members[call_sid]
        return True
