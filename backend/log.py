"""One readable log: a static event name and identifiers, never personal data.

`log = get("subject")`, then `log.info("sms.sent", outbox=12)`. A last guard masks anything that looks like a
telephone, card or registration number, should a mistake ever bring one here.
"""

import logging
import re
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

_PERSONAL = re.compile(r"(?<![0-9A-Za-z.:-])\+?\d{6,}(?![0-9A-Za-z.:-])")


def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace long runs of digits in texts by `…`; identifiers are passed as numbers and stay."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _PERSONAL.sub("…", value)
    return event


def configure(part: str) -> None:
    """Send this process's log to standard error, each line a time, a level, an event and its identifiers."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            masked,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(part=part)


def cause(error: BaseException) -> dict[str, str]:
    """Return what a log line may say of an error: its kind and where it came from, never its text or values."""
    places = traceback.extract_tb(error.__traceback__)[-4:]
    ours = " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))
    return {"error": type(error).__name__, "at": ours}


def get(subject: str) -> FilteringBoundLogger:
    """Return the logger of a subject."""
    logger: FilteringBoundLogger = structlog.get_logger(subject=subject)
    return logger
