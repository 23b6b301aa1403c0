"""An administrator who gives lists in, and the clock that brings them in."""

import io

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from backend.feeds import uploads
from backend.people import people
from backend.work import Actor, begin
from svi import uploading
from tests.conftest import REGISTERED
from tests.console.conftest import Browser

TEST = Actor("command", "test")
HEADER = REGISTERED.splitlines()[0]
GOOD_ROW = "104228815,CD118203,Alaoui,Hicham,,,1975-09-18,cpu,+212661000201,fr,Rabat,2022-01-10"
BAD = f"{HEADER}\n{GOOD_ROW}\n12,XX,=cmd(),A,,,x,y,,,,\n"


def gives(browser: Browser, text: str | bytes, kind: str = "people", name: str = "liste.csv") -> int:
    """Give a list in; return its number."""
    answer = given(browser, text, kind, name)
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def given(browser: Browser, text: str | bytes, kind: str = "people", name: str = "liste.csv") -> TestResponse:
    """Give a list in; return the answer."""
    data = text.encode() if isinstance(text, str) else text
    return browser.posts("lists", kind=kind, file=(io.BytesIO(data), name))


def brings_in() -> bool:
    """Do what the clock does once a second."""
    return uploading.bring_in_next(lambda: False)


def found(upload: int) -> uploads.Upload:
    """Return a list."""
    with begin(TEST) as work:
        return uploads.find(work, upload)


def on_file() -> int:
    """Count people."""
    with begin(TEST) as work:
        return int(work.execute(select(func.count()).select_from(people)).scalar_one())


def lies() -> list[str]:
    """Return what lies in the folder of lists."""
    return sorted(path.name for path in uploads.folder().iterdir())
