"""What the terminal shows: lines of `prompts/`, in one language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from rich.console import Console
from rich.text import Text

from backend.wording import Language, Sayable, written

ISOLATE_RTL, END_ISOLATE = "\u2067", "\u2069"


@dataclass(frozen=True)
class Line:
    """A message of `prompts/`, its values, and how it looks."""

    message: str
    values: dict[str, Sayable] = field(default_factory=dict)
    style: str = ""


def line(message: str, style: str = "", /, **values: Sayable) -> Line:
    """Return a line to be shown."""
    return Line(message, values, style)


class Screen:
    """A terminal, or a file."""

    def __init__(self, stdout: TextIO, language: Language) -> None:
        self.language = language
        self._console = Console(file=stdout, highlight=False, soft_wrap=True)

    def show(self, lines: Iterable[Line]) -> None:
        """Show lines; on a terminal those of Arabic are kept together."""
        for each in lines:
            self.text(written(self.language, each.message, **each.values), each.style)

    def typed(self, words: str) -> None:
        """Show what a script typed."""
        self._console.print(Text(f"> {words}", "green"))

    def text(self, words: str, style: str = "") -> None:
        """Show words of our language."""
        isolate = self.language == "ar" and self._console.is_terminal
        self._console.print(Text(f"{ISOLATE_RTL}{words}{END_ISOLATE}" if isolate else words, style))
        self._console.file.flush()
