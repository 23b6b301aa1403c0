"""What a call ended as: the closed list that an advisor chooses from at the wrap-up, some of it for one subject only.

Titles are in `prompts/*/console.ftl`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backend.errors import BadInputError
from backend.values import Term

ALWAYS = (
    "answered",
    "case-opened",
    "transferred",
    "callback-scheduled",
    "cut-off",
    "wrong-number",
    "silent",
    "abusive",
    "test",
    "other",
)
"""Whatever the call was about."""
OF_SUBJECT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "registration": ("registration-completed", "mobile-corrected"),
        "contributions": ("payment-explained", "commitment-recorded"),
        "claims": ("documents-asked", "claim-contested"),
        "rights": ("rights-explained", "documents-sent"),
    }
)


def of(subject: str) -> tuple[str, ...]:
    """Return what a call about `subject` may have ended as: its own first."""
    return (*OF_SUBJECT.get(subject, ()), *ALWAYS)


def require(name: str, subject: str | None = None) -> str:
    """Return `name` if an advisor may choose it (about `subject`, if given). Raises BadInputError."""
    allowed = of(subject) if subject else tuple(dict.fromkeys((*sum(OF_SUBJECT.values(), ()), *ALWAYS)))
    if name not in allowed:
        raise BadInputError(f"{name} is no disposition: choose {', '.join(allowed)}")
    return name


def title(name: str) -> Term:
    """Return what a page calls it."""
    return Term(f"disposition-{name}")
