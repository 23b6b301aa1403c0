"""Where in its code a conversation stands, each time it awaits something."""

from collections.abc import Coroutine, Generator, Hashable
from inspect import iscoroutine
from types import CodeType, FrameType, FunctionType
from typing import Any

from ivr.conversation import Back, Ending

WORDS = "ivr.conversation"  # its frames are those of `ask`, `menu` …: no places of a flow


class Watched:
    """A conversation that passes on all that it awaits and notes where it stands."""

    def __init__(self, flow: Coroutine[Any, Any, Any]) -> None:
        self.flow = flow
        self.place: tuple[Hashable, ...] = ()  # with all conversations around it
        self.line: Hashable = None  # the flow's own line alone
        self.around: list[CodeType] = []
        self.returned: Any = self  # nothing yet

    def __await__(self) -> Generator[Any, Any, Any]:
        """Run the conversation."""
        resume, value = self.flow.send, None
        try:
            while True:
                try:
                    awaited = resume(value)
                except StopIteration as stop:
                    self.returned = stop.value
                    return stop.value
                self._look()
                resume = self.flow.send
                try:
                    value = yield awaited
                except (Back, Ending) as thrown:
                    resume, value = self.flow.throw, thrown
        finally:
            self.flow.close()

    def _look(self) -> None:
        frames = list(_frames(self.flow))
        own = [frame for frame in frames if frame.f_globals.get("__name__") != WORDS]
        self.place = tuple((_identity(frame), frame.f_lasti) for frame in frames)
        self.line = (_identity(own[-1]), own[-1].f_lineno) if own else None
        self.around = [frame.f_code for frame in own]


def _frames(awaiting: Any) -> Generator[FrameType, None, None]:
    while iscoroutine(awaiting):
        if awaiting.cr_frame:
            yield awaiting.cr_frame
        awaiting = awaiting.cr_await


def _identity(frame: FrameType) -> Hashable:
    """Tell two closures of the same code apart by the functions that they close over."""
    closed_over = (frame.f_locals.get(name) for name in frame.f_code.co_freevars)
    return (frame.f_code, *(_function(each) for each in closed_over if isinstance(each, FunctionType)))


def _function(function: FunctionType) -> Hashable:
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    return (function.__code__, *(_function(each) for each in cells if isinstance(each, FunctionType)))
