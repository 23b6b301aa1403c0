"""What the tests of administration read: what was done, by whom, and what is shown once."""

import re

from sqlalchemy import select

from backend import audit
from backend.work import Actor, begin

TEST = Actor("command", "test")


def actions(of: str) -> list[tuple[str, str]]:
    """Return who did what, of the actions that begin so."""
    with begin(TEST) as work:
        rows = work.execute(select(audit.audit).where(audit.audit.c.action.startswith(of)).order_by(audit.audit.c.id))
        return [(f"{row.actor_kind} {row.actor}", row.action) for row in rows]


def secret(text: str) -> str:
    """Return what is shown once."""
    found = re.search(r"<code>([^<]+)</code>", text)
    assert found, text
    return found[1]
