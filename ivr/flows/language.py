"""Arabic or French: always asked, each sentence in its own language."""

from backend.wording import Language
from ivr.conversation import Caller

BY_KEY: dict[str, Language] = {"1": "ar", "2": "fr"}


async def choose_language(caller: Caller) -> None:
    """Ask for the language of the call."""
    await caller.hear("welcome")
    caller.language = await caller.choose("language", BY_KEY)
