"""What `svi doctor` looks at: the machine, the settings, the servers, telephony. Each look is one finding."""

import http.client
import shutil
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import psycopg
import redis
from sqlalchemy.exc import SQLAlchemyError

from backend import clock, db, outbox
from backend.errors import SviError
from backend.settings import Settings
from backend.work import Actor, Work
from callcenter import callbacks, openid, tickets
from svi import migrate, ports, running
from svi.embedded import programs

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRESQL = 180000
OLDEST_REDIS = {"redis": (7, 4), "valkey": (8, 0)}
LEAST_DISK_GB = 2
SHORTEST_SECRET = 32
OPEN: tuple[tickets.State, ...] = ("waiting", "accepted", "talking")
LONGEST_TICKET = timedelta(hours=4)
TWILIO = "https://api.twilio.com"
SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    subject: str
    words: str
    mend: str = ""
    """What to do; empty where all is well."""


class Problem(SviError):  # noqa: N818  it is a finding, raised
    """What a look found wrong: the words, and how to mend it."""

    def __init__(self, words: str, mend: str) -> None:
        super().__init__(f"{words}: {mend}")
        self.words, self.mend = words, mend


class Skipped(SviError):  # noqa: N818  it is a finding, raised
    """What could not be looked at, because of what another look finds wrong."""


def examine(given: Settings) -> Iterator[Finding]:
    """Look at everything; a look that fails never stops the others."""
    looks: dict[str, Callable[[Settings], str]] = {
        "Python": _python,
        "time zones": _time_zones,
        "disk": _disk,
        "settings": _settings,
        "secret keys": _secret_keys,
        "system": _system,
        "ports": _ports,
        "PostgreSQL": _postgresql,
        "promises": _promises,
        "queue": _queue,
        "callbacks": _callbacks,
        "Redis": _redis,
        "telephony": _telephony,
        "sign-in": _sign_in,
    }
    for subject, look in looks.items():
        try:
            yield Finding(subject, look(given))
        except Skipped as skipped:
            yield Finding(subject, str(skipped))
        except Problem as problem:
            yield Finding(subject, problem.words, problem.mend)
        except SviError as error:
            yield Finding(subject, str(error), "see above")


def _python(_: Settings) -> str:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        raise Problem(f"{found} is too old", "install Python 3.11 or later, remove .venv, run make again")
    return found


def _time_zones(_: Settings) -> str:
    summer, ramadan = (datetime(2026, month, 1, 12, tzinfo=clock.CASABLANCA) for month in (7, 3))
    if summer.utcoffset() != timedelta(hours=1) or ramadan.utcoffset() != timedelta(0):
        raise Problem("Morocco's hour in Ramadan is unknown", "install a newer tzdata (system or Python package)")
    return "Africa/Casablanca, with Ramadan"


def _disk(given: Settings) -> str:
    folder = given.svi_home.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / 1e9
    if free < LEAST_DISK_GB:
        raise Problem(f"{free:.1f} GB free at {folder}", "free some space, or set SVI_HOME to another disk")
    return f"{free:.0f} GB free at {folder}"


def _settings(given: Settings) -> str:
    if (given.twilio_account_sid is None) != (given.twilio_auth_token is None):
        raise Problem("half of Twilio's credentials is missing", "set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
    origin = urlsplit(given.public_url)
    if origin.scheme not in {"http", "https"} or not origin.netloc or origin.path:
        raise Problem(f"SVI_PUBLIC_URL is {given.public_url}", "set it to an origin, such as https://svi.example.ma")
    if _api_base(given) == TWILIO and given.twilio_account_sid and origin.scheme != "https":
        raise Problem(f"Twilio can't call {given.public_url}", "set SVI_PUBLIC_URL to the https origin it reaches")
    names = sorted(name.upper() for name in given.model_fields_set)
    return f"{', '.join(names)} set; the others have their defaults" if names else "all have their defaults"


def _secret_keys(given: Settings) -> str:
    if given.svi_secret_key is None:
        return "none yet; `svi up` makes one"
    keys = given.require_secret_keys()
    if min(map(len, keys)) < SHORTEST_SECRET:
        mend = "put a new one first: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        raise Problem(f"one of {len(keys)} has fewer than {SHORTEST_SECRET} characters", mend)
    return f"{len(keys)}, the first in use"


def _system(given: Settings) -> str:
    found = running.find(given.svi_home)
    if found is None:
        return f"none runs on {given.svi_home}"
    if not found.ready:
        raise Problem(f"process {found.pid} runs, but not all of its parts are ready", "read its log")
    return f"process {found.pid} runs, {len(found.pids)} parts ready"


def _ports(given: Settings) -> str:
    wanted = {
        "SVI_PORT": given.svi_port,
        "SVI_EXCHANGE_PORT": given.svi_exchange_port,
        "SVI_EVENTS_PORT": given.svi_events_port,
    }
    busy = [setting for setting, port in wanted.items() if ports.answers(port)]
    if busy and running.find(given.svi_home) is None and not ports.is_ours(given.svi_port):
        raise Problem(f"{', '.join(busy)}: something else listens there", "end it, or set another port")
    return f"{', '.join(map(str, wanted.values()))} {'serve' if busy else 'are free'}"


def _postgresql(given: Settings) -> str:
    url = given.database_url
    if url is None:
        return f"embedded ({programs.postgresql().name}), not running"
    try:
        with psycopg.connect(url, connect_timeout=SECONDS) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise Problem(str(error).strip().split("\n", 1)[0], "start the server, or correct DATABASE_URL") from None
    if version < OLDEST_POSTGRESQL:
        raise Problem(f"version {version // 10000} is too old", "PostgreSQL 18 or later is needed")
    if migrate.missing(url):
        raise Problem("its schema is not this program's", "run `svi migrate`")
    return f"version {version // 10000}.{version % 10000}, schema up to date"


def _promises(given: Settings) -> str:
    return _of_database(given, _sms_for_a_person)


def _callbacks(given: Settings) -> str:
    return _of_database(given, _missed_callbacks)


def _queue(given: Settings) -> str:
    return _of_database(given, _open_too_long)


def _of_database(given: Settings, look: Callable[[Work], str]) -> str:
    """Look at the database. Raises Skipped where it can't be asked."""
    if given.database_url is None:
        raise Skipped("not looked at, the database does not run")
    engine = db.connect(given.database_url, pool_size=1)
    try:
        with engine.begin() as connection:
            now = clock.now()
            return look(Work(connection, Actor("command", "doctor"), now.date(), now))
    except SQLAlchemyError:
        raise Skipped("not looked at, the database does not answer") from None
    finally:
        engine.dispose()


def _sms_for_a_person(work: Work) -> str:
    if count := outbox.attention(work):
        raise Problem(f"{count} SMS could not be sent", "`svi outbox list` says why; `svi outbox again ID` tries again")
    return "none waits for a person"


def _missed_callbacks(work: Work) -> str:
    if count := callbacks.missed(work):
        mend = "`svi callbacks list --missed` shows them; `svi callbacks again ID` calls again, or `cancel ID`"
        raise Problem(f"{count} promised calls reached nobody", mend)
    return "none waits for a person"


def _open_too_long(work: Work) -> str:
    still_open = tickets.in_state(work, *OPEN)
    if old := [each for each in still_open if each.queued_at < work.now - LONGEST_TICKET]:
        hours = LONGEST_TICKET // timedelta(hours=1)
        raise Problem(f"open for over {hours} h: {len(old)} tickets", "see that `svi worker` and `svi clock` run")
    return f"open tickets: {len(still_open)}"


def _redis(given: Settings) -> str:
    if given.redis_url is None:
        return f"embedded ({programs.valkey_server().name}), not running"
    try:
        with redis.Redis.from_url(given.redis_url, socket_timeout=SECONDS, decode_responses=True) as client:
            info = client.info("everything")
    except redis.RedisError as error:
        raise Problem(str(error), "start the server, or correct REDIS_URL") from None
    kind = info.get("server_name", "redis")
    version = str(info.get(f"{kind}_version", info["redis_version"]))
    if tuple(map(int, version.split(".")[:2])) < OLDEST_REDIS.get(kind, (0, 0)):
        raise Problem(f"{kind} {version} is too old", "Redis 7.4 or Valkey 8 or later is needed")
    if info["maxmemory_policy"] != "noeviction":
        raise Problem(f"it forgets when it is full ({info['maxmemory_policy']})", "set maxmemory-policy noeviction")
    if not info["aof_enabled"]:
        raise Problem("it keeps nothing over a restart", "set appendonly yes")
    return f"{kind} {version}, append-only file on, noeviction"


def _telephony(given: Settings) -> str:
    if given.twilio_account_sid is None or given.twilio_auth_token is None:
        return "the exchange of this machine, not running"
    base, (sid, token) = _api_base(given), given.require_twilio()
    origin = urlsplit(base)
    secure = origin.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(origin.hostname or "", origin.port, timeout=SECONDS)
    credentials = b64encode(f"{sid}:{token}".encode()).decode()
    path = f"{origin.path.rstrip('/')}/2010-04-01/Accounts/{sid}.json"
    try:
        connection.request("GET", path, headers={"Authorization": f"Basic {credentials}"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Problem(f"{base} does not answer ({error})", "check the network, or TWILIO_API_BASE") from None
    finally:
        connection.close()
    if status in {http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN}:
        raise Problem(f"{base} refuses the credentials", "correct TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Problem(f"{base} answers {status}", "wait, or look at Twilio's status page")
    return f"{base} answers"


def _sign_in(given: Settings) -> str:
    if not given.svi_oidc_issuer:
        return "by password"
    try:
        openid.discover(given)
    except openid.SignInError as error:
        raise Problem(f"{given.svi_oidc_issuer}: {error}", "correct SVI_OIDC_ISSUER (docs/sign-in.md)") from None
    passwords = "for emergencies" if given.password_logins else "too"
    return f"{given.svi_oidc_issuer} answers; by password {passwords}"


def _api_base(given: Settings) -> str:
    return (given.twilio_api_base or TWILIO).rstrip("/")
