"""The details of a line of the log, in the words of a page: what each is called, and the values of closed lists."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from backend.wording import Language, exists, written
from callcenter import titles
from callcenter.console.showing import day

VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "by": ("log-by-", "by-"),
        "ground": ("log-ground-",),
        "kind": ("feed-", "occasion-sms-"),
        "occasion": ("occasion-",),
        "of_action": ("audited-",),
        "role": ("role-",),
        "subject": ("subject-",),
        "wanted": ("role-",),
        "why": ("log-refused-",),
    }
)
"""A detail → how the messages begin that say its values."""


def name_in(detail: str, language: Language) -> str:
    """Return what a detail is called."""
    message = f"log-detail-{detail.replace('_', '-')}"
    return written(language, message) if exists(language, message) else detail


def value_in(detail: str, value: str | int | bool | None, language: Language) -> str:
    """Return a value: of a closed list in words, a day as pages show it; numbers and marks of ours as they are."""
    if isinstance(value, bool):
        return written(language, "log-yes" if value else "log-no")
    if value is None:
        return "–"
    if detail == "questions":
        return ", ".join(titles.title(each, language) for each in str(value).split())
    for beginning in VALUES.get(detail, ()):
        message = f"{beginning}{str(value).replace('.', '-')}"
        if exists(language, message):
            return written(language, message)
    return _as_day(str(value))


def _as_day(text: str) -> str:
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2024-03-20") else text
    except ValueError:
        return text
