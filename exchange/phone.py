r"""A phone in the terminal: dials the exchange, shows what is said, and sends what is typed.

From a terminal it is a conversation in real time. With a script, or a standard input that is no
terminal, it sends a line only when the exchange listens, so that a whole call can be written down:

    printf '2\n1\n482913#\n1987#\n{code}\n' | make call
"""

import asyncio
import re
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any, TextIO

import aiohttp

from exchange import typed
from exchange.masking import masked
from exchange.numbers import USUAL_CALLER
from exchange.screen import Screen

REALTIME, AT_ONCE = 1.0, 0.0
SMS_PATIENCE_SECONDS = 20.0
LINGER_SECONDS = 1.0


def run(
    base_url: str,
    to: str | None = None,
    from_: str | None = None,
    script: Sequence[str] | None = None,
    *,
    transcript: TextIO | None = None,
    pace: float | None = None,
    wait: bool = False,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
) -> int:
    """Make one call, and return 0 if it was answered and ended well, 1 if not, 2 without an exchange.

    `base_url` is the exchange's; `to` the dialled number (default: its first), `from_` the
    caller's. `script` holds lines to send instead of those typed. `transcript` gets a plain copy
    of all that is shown. `pace` scales the time that speech takes (1 as spoken, 0 none): by default
    1 at a terminal, 0 for scripts. With `wait` it calls nobody, but waits until `from_` is called.
    """
    stdin, stdout = stdin or sys.stdin, stdout or sys.stdout
    interactive = script is None and stdin.isatty()
    screen = Screen(stdout, transcript)
    speed = pace if pace is not None else REALTIME if interactive else AT_ONCE
    phone = Phone(base_url, screen, interactive=interactive, pace=speed)
    try:
        return asyncio.run(phone.call(None if wait else to or "", from_, stdin if script is None else script))
    except KeyboardInterrupt:
        return 130
    except aiohttp.ClientConnectionError:
        screen.trouble(f"no exchange answers at {base_url}: start it with `make run`")
        return 2


class Phone:
    """One call from this terminal."""

    def __init__(self, base_url: str, screen: Screen, *, interactive: bool, pace: float) -> None:
        self._base_url = base_url.rstrip("/")
        self._screen = screen
        self._interactive = interactive
        self._pace = pace
        self._texts: list[str] = []
        self._used = 0
        self._asked = 0
        self._rings = self._stays = self._queued = False
        self._asked_before = 0  # the call left the queue
        self._url = ""
        self._status: str | None = None
        self._changed = asyncio.Event()

    async def call(self, to: str | None, from_: str | None, lines: TextIO | Sequence[str]) -> int:
        """Dial, talk, hang up; without a number to dial (None), wait to be called."""
        timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
        async with aiohttp.ClientSession(self._base_url, timeout=timeout) as session:
            self._session = session
            self._number = from_ or USUAL_CALLER
            inbox = await self._get("/phone/messages", after=10**9)
            self._stays = to is None
            if to is not None and not await self._dial(to or None, from_):
                return 1
            if self._interactive:
                self._screen.note("? for help, h to hang up, who for whom to call as")
            talking = asyncio.create_task(self._talk(lines))
            reading = asyncio.create_task(self._read_messages(inbox["last"]))
            try:
                if self._url:
                    await self._follow()
                while self._stays:
                    await self._be_called()
                await asyncio.sleep(LINGER_SECONDS)
            finally:
                talking.cancel()
                reading.cancel()
                await asyncio.gather(talking, reading, return_exceptions=True)
                if self._status is None and self._url:
                    with suppress(aiohttp.ClientError):
                        await self._post("hangup", {})
            return 0 if self._status == "completed" else 1

    async def _dial(self, to: str | None, from_: str | None) -> bool:
        wish = {"to": to, "from": from_, "pace": self._pace}
        async with self._session.post("/phone/calls", json=wish) as response:
            answer = await response.json()
        if "sid" not in answer:
            self._screen.trouble(str(answer.get("error", "the exchange refused the call")))
            return False
        self._url = f"/phone/calls/{answer['sid']}"
        return True

    async def _be_called(self) -> None:
        """Wait until the phone rings, and follow that call."""
        self._screen.note(f"waiting until {masked(self._number)} is called")
        while not (calls := (await self._get("/phone/ringing", number=self._number, wait=25))["ringing"]):
            pass
        self._url, self._status = f"/phone/calls/{calls[0]['sid']}", None
        self._rings, self._stays = True, False
        await self._follow()

    async def _follow(self) -> None:
        """Show what happens on the call, to its end."""
        after = 0
        while self._status is None:
            news = await self._get(f"{self._url}/events", after=after)
            for event in news["events"]:
                after = event["id"]
                self._screen.show(event)
                self._take(event)
            self._stir()
            if news["over"] and self._status is None:
                self._status = "failed"

    def _take(self, event: dict[str, Any]) -> None:
        match event["kind"]:
            case "listening" if not event["entered"]:  # else a script's line is still being keyed
                self._asked += 1
            case "joined" | "heard" | "ringing":
                self._asked += 1
            case "queued":
                self._queued = True
            case "dequeued":
                self._queued, self._asked_before = False, self._asked
            case "answered":
                self._rings = False
            case "ended":
                self._rings = self._queued = False
                self._status = event["status"]

    async def _read_messages(self, after: int) -> None:
        """Show the SMS that arrive."""
        while True:
            news = await self._get("/phone/messages", after=after, wait=25)
            after = news["last"]
            for message in news["messages"]:
                self._texts.append(message["body"])
                self._screen.message(message)
            self._stir()

    async def _talk(self, lines: TextIO | Sequence[str]) -> None:
        """Send what is typed, or the script."""
        answered_at = 0
        async for line in _lines(lines):
            if not self._interactive and line.strip() != "wait":
                answered_at = await self._asked_since(answered_at)
            answered_at = await self._send(line, answered_at)
        if not self._interactive:
            await self._asked_since(answered_at)
        if self._status is None and self._url:
            await self._do(typed.Deed("hangup", {}))

    async def _asked_since(self, answered_at: int) -> int:
        """Wait until the exchange listens after what was last answered, or the call is over and no other awaited."""
        while self._asked <= answered_at and (self._status is None or self._stays):
            await self._changed.wait()
        return answered_at

    async def _send(self, line: str, answered_at: int) -> int:
        """Do what a line says; returns the number of the question that it answered."""
        try:
            line = await self._filled(line)
        except re.error as error:
            self._screen.trouble(f"{line}: {error}")
            return answered_at
        asked = self._asked
        match typed.meaning(line):
            case typed.Command("pick-up") | typed.Deed("silence" | "hangup") as answer if self._rings:
                await self._answer(picks_up=answer != typed.Deed("hangup", {}))
                return asked
            case typed.Deed() as deed:
                if self._status is None:
                    await self._do(deed, line)
                return asked
            case typed.Command("stay") if self._queued:
                return await self._stay()
            case typed.Command(name):
                await self._obey(name)
            case typed.Nonsense(what):
                self._screen.trouble(f"{what!r} means nothing here; ? for help")
        return answered_at

    async def _stay(self) -> int:
        """Wait until the call is out of its queue; returns the number of the last question in it."""
        while self._queued:
            await self._changed.wait()
        return self._asked_before

    async def _answer(self, *, picks_up: bool) -> None:
        if picks_up:
            await self._do(typed.Deed("pick-up", {"pace": self._pace}), "(picks up)")
        else:
            await self._do(typed.Deed("reject", {}), "(does not answer)")

    async def _obey(self, command: str) -> None:
        """Do what is asked of the phone itself."""
        match command:
            case "sms":
                for message in (await self._get("/phone/messages"))["messages"]:
                    self._screen.message(message)
            case "who" | "who ar":
                self._screen.people((await self._get("/phone/people"))["people"], "ar" if "ar" in command else "fr")
            case "wait":
                self._stays = True
            case "stay":
                self._screen.trouble("the call does not wait in a queue")
            case "pick-up":
                self._screen.trouble("the phone does not ring")
            case _:
                self._screen.note(typed.HELP)

    async def _filled(self, line: str) -> str:
        """Put what an SMS says in the place of `{code}` or `{sms:…}`, waiting for one to arrive."""
        while (pattern := typed.wanted(line)) is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(SMS_PATIENCE_SECONDS):
                    while typed.newest(pattern, self._texts[self._used :]) is None and self._status is None:
                        await self._changed.wait()
            value = typed.newest(pattern, self._texts)
            if value is None:
                self._screen.trouble("no SMS arrived that fits")
            self._used = len(self._texts)
            line = typed.filled(line, value or "")
        return line

    async def _do(self, deed: typed.Deed, line: str = "") -> None:
        if not self._interactive:
            self._screen.sent("(silence)" if deed.name == "silence" else line or "(hangs up)")
        await self._post(deed.name, deed.body)

    async def _get(self, path: str, **query: float | str) -> Any:
        async with self._session.get(path, params=query) as response:
            response.raise_for_status()
            return await response.json()

    async def _post(self, deed: str, body: dict[str, Any]) -> None:
        async with self._session.post(f"{self._url}/{deed}", json=body) as response:
            if response.status >= 400:  # noqa: PLR2004 - HTTP's refusals
                self._screen.trouble(await response.text())

    def _stir(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


async def _lines(source: TextIO | Sequence[str]) -> AsyncIterator[str]:
    """Give lines as they come; a terminal or pipe is read in a thread that may be left blocked."""
    if not hasattr(source, "readline"):
        for line in source:
            yield line
        return
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: the call is over
            for line in source:
                loop.call_soon_threadsafe(queue.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, name="typed", daemon=True).start()
    while (typed_line := await queue.get()) is not None:
        yield typed_line
