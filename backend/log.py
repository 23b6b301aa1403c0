"""One readable log: a static event name and identifiers, never personal data.

`log = get("subject")`, then `log.info("sms.sent", outbox=12)`. What libraries log comes without the values they put
in. A last guard masks anything that looks like a telephone, card or registration number, should a mistake ever bring
one here.
"""

import logging
import re
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

_PERSONAL = re.compile(r"(?<![0-9A-Za-z.:-])\+?\d{6,}(?![0-9A-Za-z.:-])")
_OURS = str(Path(__file__).parent.parent)
_ORDER = ["timestamp", "level", "event"]


def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace long runs of digits in texts by `…`; identifiers are passed as numbers and stay."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _PERSONAL.sub("…", value)
    return event


class _StandardError:
    """Standard error as it is when a line is written: whoever replaces it gets the line."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


class _Foreign(logging.Handler):
    """Writes what a library logs as a line of ours: its words as they stand in its source, without their values."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        error = record.exc_info[1] if record.exc_info else None
        said = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        details = cause(error) if error else {}
        level = min(logging.CRITICAL, record.levelno // 10 * 10)
        get(record.name).log(level, "library", says=said.split("\n", 1)[0], **details)


def configure(part: str) -> None:
    """Send this process's log to standard error, each line a time, a level, an event and its identifiers."""

    def of_part(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["part"] = part  # on each thread's lines, which context variables would not reach
        return event

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            of_part,
            masked,
            structlog.processors.LogfmtRenderer(key_order=_ORDER, bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(_StandardError()),  # type: ignore[arg-type] # all it is asked for
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if not isinstance(handler, _Foreign)]
    root.addHandler(_Foreign(logging.WARNING))


def cause(error: BaseException) -> dict[str, str]:
    """Return what a log line may say of an error: its kind and where it came from, never its text or values."""
    places = traceback.extract_tb(error.__traceback__)
    ours = [place for place in places if place.filename.startswith(_OURS) and "site-packages" not in place.filename]
    shown = (ours or places)[-4:]
    said = {"error": type(error).__name__}
    if state := getattr(getattr(error, "orig", error), "sqlstate", None):
        said["sqlstate"] = state
    return said | {"at": " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(shown))}


def get(subject: str) -> FilteringBoundLogger:
    """Return the logger of a subject."""
    logger: FilteringBoundLogger = structlog.get_logger(subject=subject)
    return logger
