"""The SMS that the application has sent: their life from `queued` to `delivered`, and the inbox.

https://www.twilio.com/docs/messaging/api/message-resource. Some numbers never receive anything, so
that an application can be tried on them: see `FATES`.
"""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Literal, NamedTuple

from exchange.feed import Feed
from exchange.parameters import API_VERSION
from exchange.webhooks import Postman

MessageStatus = Literal["queued", "sending", "sent", "delivered", "undelivered", "failed"]

STEP_SECONDS = 0.05


class Fate(NamedTuple):
    """How a message ends, and Twilio's error if it ends badly."""

    steps: tuple[MessageStatus, ...]
    error: tuple[int, str] | None = None


DELIVERED = Fate(("sending", "sent", "delivered"))
FATES = {
    "0000": Fate(("sending", "sent", "undelivered"), (30003, "Unreachable destination handset")),
    "0005": Fate(("sending", "sent", "undelivered"), (30005, "Unknown destination handset")),
    "0006": Fate(("sending", "failed"), (30006, "Landline or unreachable carrier")),
}
"""The last four figures of numbers whose messages end badly."""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€")


def segments(body: str) -> int:
    """How many SMS a text takes: 160 characters, or 70 as soon as one is outside the GSM alphabet."""
    if set(body) <= GSM | GSM_TWICE:
        length, alone, chained = len(body) + sum(body.count(each) for each in GSM_TWICE), 160, 153
    else:
        length, alone, chained = len(body.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= alone else -(-length // chained)


class Wish(NamedTuple):
    """What an application asks to be sent."""

    to: str
    from_: str
    body: str
    status_callback: str | None = None


@dataclass(slots=True)
class Message:
    """One SMS."""

    account_sid: str
    to: str
    from_: str
    body: str
    status_callback: str | None = None
    sid: str = field(default_factory=lambda: f"SM{secrets.token_hex(16)}")
    status: MessageStatus = "queued"
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))
    sent: datetime | None = None
    error: tuple[int, str] | None = None

    def arrived(self) -> dict[str, Any]:
        """Write the message as a handset shows it; `at` in milliseconds since 1970."""
        return {
            "to": self.to,
            "from": self.from_,
            "body": self.body,
            "sid": self.sid,
            "at": round(self.updated.timestamp() * 1000),
        }

    def resource(self) -> dict[str, Any]:
        """Write the message as Twilio's REST API represents it."""
        uri = f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}"
        return {
            "account_sid": self.account_sid,
            "api_version": API_VERSION,
            "body": self.body,
            "date_created": format_datetime(self.created),
            "date_sent": format_datetime(self.sent) if self.sent else None,
            "date_updated": format_datetime(self.updated),
            "direction": "outbound-api",
            "error_code": self.error[0] if self.error else None,
            "error_message": self.error[1] if self.error else None,
            "from": self.from_,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": str(segments(self.body)),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.to,
            "uri": f"{uri}.json",
        }

    def callback(self) -> dict[str, str]:
        """List what the status callback carries."""
        told = {
            "AccountSid": self.account_sid,
            "ApiVersion": API_VERSION,
            "From": self.from_,
            "To": self.to,
            "MessageSid": self.sid,
            "MessageStatus": self.status,
            "SmsSid": self.sid,
            "SmsStatus": self.status,
        }
        return told | ({"ErrorCode": str(self.error[0])} if self.error else {})


class Messages:
    """All messages of this run, newest last. `inbox` holds those that reached a handset."""

    def __init__(self, account_sid: str, postman: Postman, begin: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self.inbox: Feed[Message] = Feed()
        self.all: dict[str, Message] = {}
        self._account_sid = account_sid
        self._postman = postman
        self._begin = begin

    def send(self, wish: Wish) -> Message:
        """Accept a message; it goes its way by itself."""
        message = Message(self._account_sid, *wish)
        self.all[message.sid] = message
        self._begin(self._carry(message))
        return message

    async def _carry(self, message: Message) -> None:
        """Move a message on; its callback URL hears `sent` and what became of it, as Twilio tells."""
        fate = FATES.get(message.to[-4:], DELIVERED)
        for status in fate.steps:
            await asyncio.sleep(STEP_SECONDS)
            message.status = status
            message.updated = datetime.now(UTC)
            if status == "sent":
                message.sent = message.updated
            if status == "delivered":
                self.inbox.append(message)
            if status == fate.steps[-1]:
                message.error = fate.error
            if status != "sending" and message.status_callback:
                await self._postman.notify(message.sid, message.status_callback, message.callback())
        await self._postman.forget(message.sid)
