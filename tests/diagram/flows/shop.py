"""A shop that takes orders by telephone."""

from dataclasses import dataclass
from typing import Any

from backend.examples import examples
from backend.values import BankAccount, TaxReference
from ivr.conversation import Caller, Ending, HangUp, Transfer
from ivr.inputs import Entry

quantity = Entry(TaxReference.parse, digits=4, example="0012")
untold = Entry(BankAccount.parse, digits=24)


@dataclass(frozen=True)
class Stock:
    """What is there."""

    pieces: int
    fresh: bool


@examples("there", "sold out")
def look(_work: Any) -> str:
    """Look whether there is any."""
    raise AssertionError("exploration does nothing")


@examples(lambda color: f"a {color} one")
def wrap(_work: Any, color: str) -> str:
    """Wrap one of that colour."""
    raise AssertionError(color)


def unknown(_work: Any) -> str:
    """Return nobody knows what."""
    raise AssertionError("exploration does nothing")


async def order(caller: Caller) -> Ending:
    """Take an order: two choices, two outcomes."""
    await caller.hear("welcome")
    if await caller.choose("payment", {"1": "cash", "2": "card"}) == "card":
        return Transfer("card")
    if await caller.once(look) == "sold out":
        await caller.hear("registration-cancelled")
    await caller.ask("tax-reference", quantity)
    await caller.hear("goodbye")
    return HangUp()


async def forking(caller: Caller) -> Ending:
    """Ask four questions with three answers each, whatever was answered."""
    for key in ("payment", "declaration", "confirm-identity", "anything-else"):
        await caller.choose(key, {"1": "one", "2": "two", "3": "three"})
    return HangUp()


async def circling(caller: Caller) -> Ending:
    """Offer, in a menu, what always leads back to it."""
    return await caller.menu("main-menu", {"1": ("order", back), "2": ("other", back)})


async def back(caller: Caller) -> None:
    """Say something."""
    await caller.hear("registration-cancelled")


async def helped(caller: Caller) -> Ending:
    """Take digits whose star is the flow's own, and digits it can do without."""
    await caller.ask_or_help("code", quantity)
    if await caller.try_for("bank-account", quantity, tries=2) is None:
        await caller.hear("bank-account-given-up")
    return HangUp()


async def shared(caller: Caller) -> Ending:
    """Ask the same in two places, and go on from each."""
    await confirmed(caller)
    await caller.choose("payment", {"1": "cash"})
    await confirmed(caller)
    await caller.choose("declaration", {"1": "declare"})
    return HangUp()


async def confirmed(caller: Caller) -> None:
    """Ask for a confirmation."""
    await caller.choose("confirm-identity", {"1": "me", "2": "not-me"})


async def wrapped(caller: Caller) -> Ending:
    """Learn something that depends on the answer."""
    color = await caller.choose("payment", {"1": "red", "2": "blue"})
    await caller.hear("callback-refused-number", wrapping=await caller.once(wrap, color))
    return HangUp()


async def without_examples(caller: Caller) -> Ending:
    """Learn what has no example."""
    await caller.once(unknown)
    return HangUp()


async def without_answer(caller: Caller) -> Ending:
    """Ask for what has no example."""
    await caller.ask("bank-account", untold)
    return HangUp()


async def never_asking(caller: Caller) -> Ending:
    """Say the same for ever."""
    while True:
        await caller.hear("goodbye")


async def for_ever_looking(caller: Caller) -> Ending:
    """Look for ever."""
    while await caller.once(look):
        pass
    return HangUp()


async def no_ending(caller: Caller) -> Ending:
    """Return what is no ending."""
    await caller.hear("goodbye")
    return "bye"  # type: ignore[return-value]


async def failing(caller: Caller) -> Ending:
    """Fail after an answer."""
    if await caller.choose("payment", {"1": "cash", "2": "card"}) == "card":
        raise KeyError("card")
    return HangUp()


async def too_many(caller: Caller) -> Ending:
    """Offer six choices, of a question without a title."""
    await caller.choose("no-such-question", {str(number): f"n{number}" for number in range(1, 7)})
    return HangUp()
