"""The lines that are typed, or written in a file: read in a thread, which may be left blocked."""

import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TextIO


class Lines:
    """What was typed and not yet done. `over`: nothing comes any more."""

    def __init__(self, source: TextIO, stirred: threading.Event) -> None:
        self.interactive = source.isatty()
        self._source = source
        self._stirred = stirred
        self._come: SimpleQueue[str | None] = SimpleQueue()
        self._next: str | None = None
        self._closed = False
        self.reader = threading.Thread(target=self._read, name="typed", daemon=True)
        self.reader.start()

    @property
    def next(self) -> str | None:
        """The line whose turn it is; None while there is none."""
        if self._next is None and not self._closed:
            with suppress(Empty):
                self._next = self._come.get_nowait()
                self._closed = self._next is None
        return self._next

    @property
    def over(self) -> bool:
        """Whether everything is done, and nothing more comes."""
        return self.next is None and self._closed

    def done(self) -> None:
        """Go on to the next line."""
        self._next = None

    def _read(self) -> None:
        with suppress(ValueError, OSError):  # the terminal was closed
            for line in self._source:
                self._come.put(line.rstrip("\r\n"))
                self._stirred.set()
        self._come.put(None)
        self._stirred.set()
