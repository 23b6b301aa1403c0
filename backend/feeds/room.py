"""Room for lists: how many may wait for somebody's word, and how much of the disk all that lies here may take."""

import shutil
from typing import Literal

from sqlalchemy import func, select

from backend.feeds import uploads
from backend.work import Work

Refusal = Literal["too-many", "no-room"]
MOST_UNCONFIRMED = 20
ROOM = 4 * uploads.LARGEST
"""Bytes of all that may lie here at once."""
SPARE = 256 * 1024**2
"""Bytes of the disk that lists leave to others."""


def refusal(work: Work, coming: int) -> Refusal | None:
    """Return why no list of so many bytes is taken in now; None where there is room."""
    if work.execute(select(func.count()).where(uploads.uploads.c.state == "received")).scalar_one() >= MOST_UNCONFIRMED:
        return "too-many"
    lying = sum(path.stat().st_size for path in uploads.folder().iterdir() if path.exists())
    left = shutil.disk_usage(uploads.folder()).free
    return "no-room" if lying + coming > ROOM or left - coming < SPARE else None
