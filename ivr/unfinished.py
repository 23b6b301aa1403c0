"""What earlier calls about a person left unfinished: the choices with which a new call may go on.

It hangs on the person whom a code has just proved, never on a telephone number. Only choices of the menus named in
`CARRIED` are ever handed over: codes, accounts, confirmations, whatever was keyed in and results of `once` are not, and
a question that nobody thought of is asked again.
"""

from datetime import timedelta

from sqlalchemy import bindparam, exists, select

from backend import audit
from backend.calls import calls
from backend.examples import examples
from backend.identity import Insured, codes
from backend.seal import UnsealError
from backend.work import Work
from ivr.journal import answers_in, conversations, opened

WITHIN = timedelta(hours=24)
MOST_CALLS = 5  # of one person in a day: the newest
CARRIED = frozenset({"payment"})
SETTLED = frozenset(
    {("declaration", "declare"), ("declaration", "cancel"), ("confirm-identity", "not-me"), ("resume", "afresh")}
)
"""Questions and the choices after which nothing of what was chosen before is left to go on with."""
_SOMEBODY_ELSE = exists().where(
    codes.c.call_id == calls.c.id, codes.c.proved_at.is_not(None), codes.c.person_id != bindparam("person")
)
_LATELY = (
    select(conversations.c.id, conversations.c.sealed)
    .join(calls, calls.c.id == conversations.c.call_id)
    .where(
        calls.c.person_id == bindparam("person"),
        calls.c.id != bindparam("call"),
        conversations.c.asked_at > bindparam("since"),
        conversations.c.sealed.is_not(None),
        ~_SOMEBODY_ELSE,
    )
    .order_by(conversations.c.asked_at.desc())
    .limit(MOST_CALLS)
)


@examples([], [("payment", "direct-debit")], [("payment", "self")])
def choices(work: Work, insured: Insured) -> list[tuple[str, str]]:
    """Return the choices (question, choice) left by this person's other calls of the last 24 hours.

    However a call ended: by hanging up, silence, a fault or on the way to an advisor; one that completed or cancelled
    leaves nothing. A call in which somebody else was proved too is not looked at.
    """
    given = {"person": insured.person, "call": int(work.actor.reference), "since": work.now - WITHIN}
    left: dict[str, str] = {}
    for row in reversed(work.execute(_LATELY, given).all()):
        try:
            answers = answers_in(opened(row.id, row.sealed))
        except UnsealError:  # its key is gone: asked again
            continue
        _go_through(answers, left)
    if left:
        audit.record(work, "choices.offered", insured.person, questions=" ".join(left))
    return list(left.items())


def _go_through(answers: list[tuple[str, str]], left: dict[str, str]) -> None:
    """Bring what is left up to the end of a call."""
    for full_key, value in answers:
        key = full_key.partition(".")[0]
        if (key, value) in SETTLED:
            left.clear()
        elif key in CARRIED and not value.startswith("!"):
            left[key] = value
