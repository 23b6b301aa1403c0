"""Ways in: a number of the account, the app of its clients, its trunk; each with the URLs that its calls ask.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource, …/docs/usage/api/applications and
…/docs/voice/bring-your-own-carrier-byoc/api/byoc-trunk-resource. Numbers that are not in E.164 (3939) come in by the
trunk. What REST changes holds for the next call.
"""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.switchboard import Account


@dataclass(slots=True, eq=False)
class Entrance:
    """One way in: `name` is its number, or what its owner calls it."""

    sid: str
    name: str
    voice_url: str
    fallback_url: str = ""
    status_url: str = ""


class Entrances:
    """All of an account: those that it was started with, and the apps that it was given since."""

    def __init__(self, account: "Account") -> None:
        usual = (account.voice_url, account.fallback_url or "", account.status_url or "")
        e164 = [number for number in account.numbers if number.startswith("+")]
        self.trunk = Entrance(_sid("BY"), "trunk", *usual)
        self.numbers = [Entrance(_sid("PN"), number, *usual) for number in e164]
        self.apps: list[Entrance] = []
        if account.client_url:
            self.apps.append(Entrance(_sid("AP"), "clients", account.client_url, *usual[1:]))

    def of_number(self, number: str) -> Entrance:
        """Return the way in of a call to one of the account's numbers."""
        return next((each for each in self.numbers if each.name == number), self.trunk)

    def add_app(self, name: str) -> Entrance:
        """Make an app that leads nowhere yet."""
        self.apps.append(Entrance(_sid("AP"), name, ""))
        return self.apps[-1]


def _sid(kind: str) -> str:
    return f"{kind}{secrets.token_hex(16)}"
