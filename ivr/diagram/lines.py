"""Which lines of flows run, by `sys.settrace`: a line that exploration never runs is a finding."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from inspect import CO_COROUTINE
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

MOST_LINES = 10_000
"""Between two questions: more is a loop without one."""


class LoopError(Exception):
    """A flow runs on and on, and asks nothing."""


class Lines:
    """The lines of some files that ran."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = {str(file): file for file in files}
        self.ran: dict[str, set[int]] = defaultdict(set)
        self._left = MOST_LINES

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note what runs within. A loop without a question ends in LoopError."""
        before = sys.gettrace()
        self._left = MOST_LINES
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(before)

    def dead(self) -> Iterator[tuple[Path, int]]:
        """Return the lines of conversations, and of what they call, that never ran."""
        for name, file in self._files.items():
            code = compile(file.read_text("utf-8"), name, "exec")
            yield from ((file, line) for line in sorted(_lines_of_functions(code) - self.ran[name]))

    def _called(self, frame: FrameType, _event: str, _value: Any) -> Any:
        return self._line if frame.f_code.co_filename in self._files else None

    def _line(self, frame: FrameType, event: str, _value: Any) -> Any:
        if event == "line":
            self.ran[frame.f_code.co_filename].add(frame.f_lineno)
            self._left -= 1
            if self._left < 0:
                raise LoopError(f"line {frame.f_lineno} of {Path(frame.f_code.co_filename).name}")
        return self._line


def _lines_of_functions(code: CodeType) -> set[int]:
    """Return the lines within functions: those that define them run when the module is imported.

    Decorators of conversations (`service`) run then, too: of them only the conversation they return counts.
    """
    lines: set[int] = set()
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & CO_COROUTINE:
                lines |= {line for _, _, line in inner.co_lines() if line and line != inner.co_firstlineno}
            lines |= _lines_of_functions(inner)
    return lines
