"""What an advisor does for the caller: all that the vocal server does, and more.

| module | what is in it |
|---|---|
| `table` | the table of actions; what flows call besides, and why an advisor needs no action for it |
| `doing` | doing what a form asks, once, and reading an SMS before it goes |
| `standpoint` | the call that an advisor has, the record at hand, in which language |
| `forms` | fields, and what is said beside one that is wrong |
| `proving`, `subjects`, `anybody` | the actions: who calls; what needs a record; what anybody may have |

Each calls the very function that flows call, with a `work` whose actor is the advisor, for the ticket or the opening.
"""

from callcenter.acting.doing import Done, Form, acts, do, done, erase_old, forms, preview
from callcenter.acting.forms import Choice, Field, Line, Offer, Said, Wrong
from callcenter.acting.standpoint import At, stand
from callcenter.acting.table import ACTS, NOT_DONE, SHOWN, Act

__all__ = [
    "ACTS",
    "NOT_DONE",
    "SHOWN",
    "Act",
    "At",
    "Choice",
    "Done",
    "Field",
    "Form",
    "Line",
    "Offer",
    "Said",
    "Wrong",
    "acts",
    "do",
    "done",
    "erase_old",
    "forms",
    "preview",
    "stand",
]
