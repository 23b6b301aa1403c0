"""The group's one log: every line after the name of the part that said it, in its colour on a terminal."""

import asyncio
import sys
from contextlib import suppress
from typing import TextIO

import click

COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta")
LONGEST_LINE = 65_536
OURS = "svi"


class GroupLog:
    """Writes lines to a stream; a stream that is gone silences it, and stops nothing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._colours: dict[str, str] = {}

    def say(self, words: str) -> None:
        """Write a line of the group's own."""
        self.line(OURS, words)

    def plain(self, words: str) -> None:
        """Write a line with nothing before it."""
        with suppress(OSError, ValueError):
            click.echo(words, self._stream)
            self._stream.flush()

    def line(self, part: str, words: str) -> None:
        """Write a line that `part` said."""
        colour = self._colours.setdefault(part, COLOURS[len(self._colours) % len(COLOURS)])
        self.plain(f"{click.style(f'{part:<10} │', fg=colour)} {words}")

    async def relay(self, part: str, said: asyncio.StreamReader) -> None:
        """Write down what `part` says, until it says no more."""
        rest = b""
        while chunk := await said.read(LONGEST_LINE):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self.line(part, line.decode(errors="replace").rstrip())
        if rest:
            self.line(part, rest.decode(errors="replace").rstrip())
