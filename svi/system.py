"""What the running system is made of: the parts that settings leave to us, their order, their environment."""

import http.client
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import redis

from backend.api import PREFIX
from backend.clock import now
from backend.errors import MisconfiguredError
from backend.settings import Settings
from svi import credentials, ports
from svi.embedded import Home, Postgresql, Valkey
from svi.group import Stage
from svi.part import Part
from svi.running import was_given

WEB_GRACE = 15.0


@dataclass(frozen=True)
class System:
    """Parts to run, and what they and others need to know."""

    stages: Sequence[Stage]
    addresses: Mapping[str, str]
    """What a person opens, by its name: URL."""
    settings: Mapping[str, str]
    """What a process started alone needs; no secrets, nothing that it is given anyway."""
    listens: Mapping[str, int]
    """The ports that must be free, by the setting that changes them."""


def compose(given: Settings, home: Home) -> System:
    """Return the system that `given` asks for: embedded parts for whatever it does not name."""
    found: dict[str, str] = {}
    servers: list[Part] = []
    if given.database_url is None:
        postgresql = Postgresql(home)
        servers.append(postgresql.part())
        found["DATABASE_URL"] = postgresql.url
    if given.redis_url is None:
        valkey = Valkey(home)
        servers.append(valkey.part())
        found["REDIS_URL"] = valkey.url
    exchange = _exchange_is_ours(given)
    if given.twilio_api_base is None and exchange:
        found["TWILIO_API_BASE"] = _exchange_url(given)
    found |= {
        "SVI_HOME": str(home.path),
        "SVI_PORT": str(given.svi_port),
        "SVI_EXCHANGE_PORT": str(given.svi_exchange_port),
        "SVI_EVENTS_PORT": str(given.svi_events_port),
        "SVI_PUBLIC_URL": given.public_url,
    }
    secrets = credentials.made(home.path, [name for name in credentials.NAMES if not was_given(given, name)])
    environment = {**found, **secrets, "PYTHONUNBUFFERED": "1"}
    watch = _WorkerWatch(given.redis_url or found["REDIS_URL"])
    worker = replace(_part("worker", environment, watch.is_up), prepare=watch.begin)
    clock = _part("clock", environment, lambda: True)
    webs = _webs(given, environment)
    demo = Part(name="demo", command=command("demo"), environment=environment, once=True)
    migrate = Part(name="migrate", command=command("migrate"), environment=environment, awaited=True, once=True)
    addresses = {
        "web": given.public_url,
        "api": f"{given.public_url}{PREFIX}/docs",
        "console": f"{given.public_url}/console/",
    }
    listens = {"SVI_PORT": given.svi_port, "SVI_EVENTS_PORT": given.svi_events_port}
    if exchange:
        addresses["phone"] = f"{_exchange_url(given)}/"
        listens["SVI_EXCHANGE_PORT"] = given.svi_exchange_port
        servers.append(_part("exchange", environment, lambda: ports.answers(given.svi_exchange_port)))
    events = _part("events", environment, lambda: ports.answers(given.svi_events_port))
    beside = (worker, clock, events, demo) if given.svi_demo else (worker, clock, events)
    return System([tuple(servers), (migrate,), beside, webs], addresses, found, listens)


def command(name: str) -> tuple[str, ...]:
    """Return the command line of `svi NAME`, in this process's own environment of packages."""
    return (sys.executable, "-P", "-m", "svi", name)


def _exchange_is_ours(given: Settings) -> bool:
    """Say whether the exchange of this machine stands in for Twilio.

    It does unless credentials or an API origin say otherwise; an origin on its own port asks for it.
    Raises MisconfiguredError where only half of the credentials is there.
    """
    if (given.twilio_account_sid is None) != (given.twilio_auth_token is None):
        raise MisconfiguredError("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN go together: set both, or neither")
    if given.twilio_api_base is not None:
        return given.twilio_api_base.rstrip("/") == _exchange_url(given)
    return given.twilio_account_sid is None


def _exchange_url(given: Settings) -> str:
    return f"http://{ports.LOCALHOST}:{given.svi_exchange_port}"


def _webs(given: Settings, environment: Mapping[str, str]) -> Stage:
    """Return two web servers on one port: when one is killed, the carrier's fallback meets the other."""
    workers = max(1, (given.svi_web_workers or os.cpu_count() or 1) // 2)
    return tuple(
        Part(
            name=name,
            command=(*command("web"), "--sharing"),
            environment={**environment, "SVI_WEB_WORKERS": str(workers)},
            ready=lambda: _web_is_ready(given.svi_port),
            grace=WEB_GRACE,
        )
        for name in ("web", "web-2")
    )


def _part(name: str, environment: Mapping[str, str], ready: Callable[[], bool]) -> Part:
    return Part(name=name, command=command(name), environment=environment, ready=ready)


def _web_is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(ports.LOCALHOST, port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class _WorkerWatch:
    """Looks for an RQ worker born since the last start: one that was killed stays listed for minutes."""

    def __init__(self, redis_url: str) -> None:
        self._url = redis_url
        self._since = ""

    def begin(self) -> None:
        """Forget the workers there are."""
        self._since = now().replace(tzinfo=None).isoformat()

    def is_up(self) -> bool:
        """Say whether a worker was born since."""
        try:
            with redis.Redis.from_url(self._url, socket_timeout=2, decode_responses=True) as client:
                births = (client.hget(key, "birth") for key in client.smembers("rq:workers"))
                return any(birth and str(birth) >= self._since for birth in births)
        except redis.RedisError:
            return False
