"""The carrier's account, set up for us: where calls ask what to do, and how many may wait.

Each step looks first and changes only what differs, so that it may be done again at any time, and after each change of
`SVI_PUBLIC_URL`. https://www.twilio.com/docs/voice/api
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException

from backend import telephony
from backend.errors import MisconfiguredError, UnreachableError
from backend.settings import settings

APP = "SVI 3939 advisors"
QUEUE_SIZE = 5000  # the most that Twilio has


@dataclass(frozen=True)
class Step:
    """One thing of the account: what it is, what became of it, and what is to be done where it isn't there."""

    what: str
    outcome: Literal["as it was", "changed", "made", "missing"]
    mend: str = ""


def provision(*, pretend: bool = False) -> Iterator[Step]:
    """Set up numbers, queue, app and trunk; with `pretend`, say what would be done, and change nothing.

    Raises MisconfiguredError where the account refuses, UnreachableError where the carrier does not answer.
    """
    telephony.check_account()
    try:
        yield from (_number(number, pretend) for number in settings().numbers if number.startswith("+"))
        if short := [number for number in settings().numbers if not number.startswith("+")]:
            yield _trunk(", ".join(short), pretend)
        yield _queue(pretend)
        yield _app(pretend)
    except TwilioRestException as error:
        raise MisconfiguredError(
            f"Twilio refuses (error {error.code or error.status}, https://www.twilio.com/docs/errors/{error.code}):"
            " check the credentials, and SVI_PUBLIC_URL, which Twilio must be able to reach"
        ) from None
    except (TwilioException, RequestException) as error:
        raise UnreachableError(f"Twilio does not answer ({type(error).__name__}): check TWILIO_API_BASE") from None


def _number(number: str, pretend: bool) -> Step:
    found = telephony.client().incoming_phone_numbers.list(phone_number=number, limit=1)
    if not found:
        return Step(number, "missing", "buy or port it at Twilio, or take it out of SVI_NUMBERS")
    return _lead(number, found[0], _urls("/voice/incoming"), pretend)


def _queue(pretend: bool) -> Step:
    what, queues = f"queue {telephony.QUEUE}", telephony.client().queues
    found = next((each for each in queues.stream() if each.friendly_name == telephony.QUEUE), None)
    if found is None:
        if not pretend:
            queues.create(friendly_name=telephony.QUEUE, max_size=QUEUE_SIZE)
        return Step(what, "made")
    if found.max_size == QUEUE_SIZE:
        return Step(what, "as it was")
    if not pretend:
        found.update(max_size=QUEUE_SIZE)
    return Step(what, "changed")


def _app(pretend: bool) -> Step:
    apps, sid = telephony.client().applications, settings().twilio_twiml_app_sid
    found = apps(sid).fetch() if sid else next(iter(apps.list(friendly_name=APP, limit=1)), None)
    urls = _urls("/voice/agent")
    if found is not None:
        step = _lead(f"app {found.sid}", found, urls, pretend)
        return step if sid else replace(step, mend=f"set TWILIO_TWIML_APP_SID={found.sid}")
    if pretend:
        return Step("app", "made")
    made = apps.create(friendly_name=APP, **urls, voice_method="POST", voice_fallback_method="POST")
    return Step(f"app {made.sid}", "made", f"set TWILIO_TWIML_APP_SID={made.sid}")


def _trunk(numbers: str, pretend: bool) -> Step:
    """Lead the trunk by which numbers come in that aren't in E.164: the one of the settings, else the only one."""
    trunks, sid = telephony.client().voice.v1.byoc_trunks, settings().svi_byoc_trunk_sid
    found = [trunks(sid).fetch()] if sid else trunks.list(limit=2)
    if len(found) != 1:
        return Step(f"trunk of {numbers}", "missing", "have one at Twilio, and set SVI_BYOC_TRUNK_SID")
    urls = _urls("/voice/incoming")
    urls["status_callback_url"] = urls.pop("status_callback")
    return _lead(f"trunk {found[0].sid} of {numbers}", found[0], urls, pretend)


def _urls(path: str) -> dict[str, str]:
    origin = settings().public_url
    return {
        "voice_url": f"{origin}{path}",
        "voice_fallback_url": f"{origin}/voice/fallback",
        "status_callback": f"{origin}/voice/status",
    }


def _lead(what: str, found: Any, urls: Mapping[str, str], pretend: bool) -> Step:
    """Have a way in ask our URLs, by POST."""
    wanted = {**urls, "voice_method": "POST", "voice_fallback_method": "POST"}
    if all(getattr(found, name) == value for name, value in wanted.items()):
        return Step(what, "as it was")
    update: Callable[..., Any] = found.update
    if not pretend:
        update(**wanted)
    return Step(what, "changed")
