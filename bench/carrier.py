"""A carrier that makes many calls at once: signed webhooks over connections that stay open.

It measures each webhook from the moment at which it was due, so that a queue counts.
"""

import asyncio
import hmac
import time
from base64 import b64encode
from collections.abc import Coroutine, Generator, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha1
from typing import Any
from urllib.parse import quote_plus

Webhook = tuple[str, dict[str, str]]
Script = Generator[Webhook, bytes, None]
"""A call: gives the path and form of each webhook, and is sent the answer."""
_quoted = lru_cache(quote_plus)  # what the carrier spends is spent on both sides, and would flatter the slower one


@dataclass
class Figures:
    """What became of the webhooks of a run."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)  # seconds
    errors: int = 0

    @property
    def rate(self) -> float:
        """Webhooks a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the webhooks was answered."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Carrier:
    """Delivers webhooks to one port of this machine."""

    def __init__(self, port: int, origin: str, token: str) -> None:
        self._port = port
        self._origin = origin
        self._token = token.encode()
        self._idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        self.figures = Figures()

    async def open(self, connections: int) -> None:
        """Open so many connections."""
        for _ in range(connections):
            self._idle.put_nowait(await asyncio.open_connection("127.0.0.1", self._port))

    async def close(self) -> None:
        """Close them."""
        while not self._idle.empty():
            _, writer = self._idle.get_nowait()
            writer.close()

    async def call(self, script: Script, pace: float = 0.0) -> None:
        """Make one call; between two webhooks the caller takes `pace` seconds."""
        answer: bytes | None = None
        due = time.perf_counter()
        while True:
            try:
                path, form = next(script) if answer is None else script.send(answer)
            except StopIteration:
                return
            answer = await self._deliver(path, form, due)
            due = max(time.perf_counter(), due + pace)
            await asyncio.sleep(due - time.perf_counter())

    async def _deliver(self, path: str, form: dict[str, str], due: float) -> bytes:
        text = self._origin + path + "".join([key + form[key] for key in sorted(form)])
        signature = b64encode(hmac.digest(self._token, text.encode(), sha1)).decode()
        body = "&".join([f"{key}={_quoted(value)}" for key, value in form.items()])
        head = (
            f"POST {path} HTTP/1.1\r\nHost: svi\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
            f"X-Twilio-Signature: {signature}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        reader, writer = await self._idle.get()
        writer.write((head + body).encode())
        answered = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in answered.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        answer = await reader.readexactly(length)
        self._idle.put_nowait((reader, writer))
        self.figures.latencies.append(time.perf_counter() - due)
        self.figures.errors += not answered.startswith(b"HTTP/1.1 200")
        return answer


async def flat_out(carrier: Carrier, scripts: Iterable[Script], callers: int) -> Figures:
    """Have so many callers make the calls one after the other, each as fast as it is answered."""
    waiting = iter(scripts)

    async def caller() -> None:
        for script in waiting:
            await carrier.call(script)

    return await _timed(carrier, [caller() for _ in range(callers)], connections=callers)


async def paced(carrier: Carrier, scripts: list[Script], pace: float, connections: int = 100) -> Figures:
    """Make all calls at once, their beginnings spread over one `pace`."""

    async def caller(number: int, script: Script) -> None:
        await asyncio.sleep(pace * number / len(scripts))
        await carrier.call(script, pace)

    return await _timed(carrier, [caller(n, script) for n, script in enumerate(scripts)], connections)


async def _timed(carrier: Carrier, work: list[Coroutine[Any, Any, None]], connections: int) -> Figures:
    await carrier.open(connections)
    began = time.perf_counter()
    await asyncio.gather(*work)
    carrier.figures.seconds = time.perf_counter() - began
    await carrier.close()
    return carrier.figures
