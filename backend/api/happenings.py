"""Business events, handed to the fund's other systems: in order, each once for a cursor."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from backend import audit, events, people
from backend.api import PREFIX, answers
from backend.api.guard import needs
from backend.api.tokens import Token
from backend.work import begin

LARGEST_PAGE = 1000
FARTHEST = 2**63 - 1
blueprint = APIBlueprint("events", __name__, url_prefix=f"{PREFIX}/events", tag="Events")


class Cursor(BaseModel):
    """From where, and how many."""

    after: Annotated[int, Field(ge=0, le=FARTHEST, description="The `next` of the page before; 0: from the first.")] = 0
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="Events of a page, at most.")] = 100


@blueprint.get("")
@needs(blueprint, "events:read", "invalid", "busy")
@blueprint.input(Cursor, location="query", arg_name="cursor")
@blueprint.output(answers.Events)
def following(token: Token, cursor: Cursor) -> dict[str, Any]:
    """The events that follow a cursor.

    In the order of all events, which never changes: an event whose transaction ends late comes later, and none is
    passed over. Keep `next`, and give it as `after` the next time.
    """
    with begin(token.actor) as work:
        found = events.after(work, cursor.after, cursor.limit)
        numbers = people.registration_numbers(work, {event.person for event in found if event.person})
        last = found[-1].position if found else cursor.after
        if found:
            audit.record(work, "events.read", None, first=found[0].position, last=last)
    told = [
        {
            "position": event.position,
            "type": event.type,
            "at": event.at,
            "registration_number": numbers.get(event.person) if event.person else None,
            "details": event.details,
        }
        for event in found
    ]
    return {"events": told, "next": last}
