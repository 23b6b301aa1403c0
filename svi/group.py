"""The process group: keeps every part of the system running, restarts what dies, ends all of it in order."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from backend.errors import SviError, UnreachableError
from svi import leash
from svi.group_log import GroupLog
from svi.orphans import end_orphans
from svi.part import Part

Stage = tuple[Part, ...]
"""Parts that start together. Stages start in their order and end in the opposite one."""

SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
STEADY = 10.0
"""A part that ran for so many seconds was well: its next restart waits the shortest pause again."""
ATTEMPTS = 4
"""How often a part that others wait for may fail before the whole start is given up."""
SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_FOR_LAST_WORDS = 2.0
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Group:
    """Stages of parts, run until a signal ends them.

    `on_change(pids, whole)` hears of each start and end: the parts' processes, and whether all are ready.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        log: GroupLog,
        on_change: Callable[[Mapping[str, int], bool], None] = lambda _pids, _whole: None,
    ) -> None:
        self._stages = stages
        self._log = log
        self._on_change = on_change
        self._outputs: dict[str, int] = {}
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self._ready = {part.name: asyncio.Event() for stage in stages for part in stage}
        self._were_ready: set[str] = set()
        self._changing = asyncio.Lock()
        """Held while a process starts, lest it be taken for an orphan."""

    async def run(self) -> None:
        """Start everything, keep it running, end it when SIGINT, SIGTERM or SIGHUP asks for it.

        Raises UnreachableError where a part that others wait for does not start.
        """
        asked = asyncio.Event()
        for number in ENDING_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
        leash.adopt_orphans()
        async with AsyncExitStack() as outputs:
            for part in (part for stage in self._stages for part in stage):
                self._outputs[part.name] = await outputs.enter_async_context(self._output(part.name))
            await self._run_until(asked)

    async def _run_until(self, asked: asyncio.Event) -> None:
        keeping = asyncio.create_task(self._keep_all())
        waiting = asyncio.create_task(asked.wait())
        try:
            await asyncio.wait({keeping, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if keeping.done():
                keeping.result()
            self._log.say("ending")
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            waiting.cancel()
            keeping.cancel()
            await asyncio.wait({keeping})
            await self._end_all()

    async def _keep_all(self) -> None:
        async with asyncio.TaskGroup() as keepers:
            for stage in self._stages:
                for part in stage:
                    keepers.create_task(self._keep(part))
                for part in stage:
                    if part.awaited:
                        await self._ready[part.name].wait()
            await asyncio.Event().wait()

    async def _keep(self, part: Part) -> None:
        """Start `part` again whenever it ends, after a pause that grows while it keeps dying."""
        pause, failures = 0.0, 0
        while True:
            begun = time.monotonic()
            how = await self._run_once(part)
            if part.once and self._ready[part.name].is_set():
                return
            failures += 1
            if part.awaited and part.name not in self._were_ready and failures == ATTEMPTS:
                raise UnreachableError(f"{part.name} does not start: {how}; its lines above say why")
            lasted = time.monotonic() - begun
            pause = SHORTEST_PAUSE if lasted > STEADY or not pause else min(2 * pause, LONGEST_PAUSE)
            self._log.say(f"{part.name} ended: {how}; it starts again in {pause:.1f} s")
            await asyncio.sleep(pause)

    async def _run_once(self, part: Part) -> str:
        """Run `part` until it ends; say how it ended."""
        try:
            await asyncio.to_thread(part.prepare)
        except SviError as error:
            return str(error)
        async with self._changing:
            process = await asyncio.create_subprocess_exec(
                *part.command_line(), stdout=self._outputs[part.name], **part.options()
            )
            self._processes[part.name] = process
        self._changed()
        announcing = None if part.once else asyncio.create_task(self._announce(part))
        code = await process.wait()
        if announcing:
            announcing.cancel()
            self._ready[part.name].clear()
        elif code == 0:
            self._ready[part.name].set()
        async with self._changing:
            del self._processes[part.name]
            await asyncio.to_thread(end_orphans, process.pid, self._pids().values())
        self._changed()
        return _how(code)

    async def _announce(self, part: Part) -> None:
        while not await asyncio.to_thread(part.ready):  # noqa: ASYNC110  another process can't set an event
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        self._ready[part.name].set()
        self._were_ready.add(part.name)
        self._changed()

    async def _end_all(self) -> None:
        for stage in reversed(self._stages):
            await asyncio.gather(*(self._end(part) for part in stage))

    async def _end(self, part: Part) -> None:
        process = self._processes.get(part.name)
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(part.stop_signal)
        try:
            await asyncio.wait_for(process.wait(), part.grace)
        except TimeoutError:
            self._log.say(f"{part.name} did not end within {part.grace:.0f} s: it is killed")
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        del self._processes[part.name]
        end_orphans(process.pid, self._pids().values())
        self._changed()

    @asynccontextmanager
    async def _output(self, name: str) -> AsyncIterator[int]:
        """Give the descriptor that all processes of a part write to, over all its restarts."""
        reading, writing = os.pipe()
        said = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(said), os.fdopen(reading, "rb")
        )
        relaying = asyncio.create_task(self._log.relay(name, said))
        try:
            yield writing
        finally:
            os.close(writing)
            await asyncio.wait({relaying}, timeout=SECONDS_FOR_LAST_WORDS)
            relaying.cancel()
            transport.close()

    def _pids(self) -> dict[str, int]:
        return {name: process.pid for name, process in self._processes.items()}

    def _changed(self) -> None:
        self._on_change(self._pids(), all(ready.is_set() for ready in self._ready.values()))


def _how(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
