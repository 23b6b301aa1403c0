"""Lists, given in by a form: looked at first, confirmed, followed, cancelled, their rejected rows fetched."""

import csv
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePath
from typing import IO

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from backend import audit
from backend.errors import BadInputError
from backend.feeds import KINDS, imports, looking, room, uploads
from backend.feeds.refusals import RefusedError
from backend.feeds.uploads import Upload
from backend.work import begin
from callcenter import agents
from callcenter.console import guard, spreadsheet
from callcenter.console.administration import messages, refusals
from callcenter.console.answering import back, said
from callcenter.console.guard import ADMINISTER, is_scripted, needs

NOTICES = ("list-cancelled", "list-is-past", "list-count")
PAST = 30
OF_THE_FORM = 1024 * 1024  # bytes of a form beside its file, and of what is held in memory
_MOST_PARTS = 4


@dataclass(frozen=True)
class Given:
    """What a form gave: the kind, the file's name, and where it lies."""

    kind: str
    name: str
    path: Path | None


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_app_template_filter(refusals.in_words, "fault")
    blueprint.add_url_rule("/lists", "lists", show, methods=["GET"])
    blueprint.add_url_rule("/lists", "give_list", give, methods=["POST"])
    blueprint.add_url_rule("/lists/<int:upload>", "one_list", one, methods=["GET"])
    blueprint.add_url_rule("/lists/<int:upload>/confirm", "confirm_list", confirm, methods=["POST"])
    blueprint.add_url_rule("/lists/<int:upload>/cancel", "cancel_list", cancel, methods=["POST"])
    blueprint.add_url_rule("/lists/<int:upload>/rejected.csv", "rejects_of_list", rejects, methods=["GET"])


@needs(ADMINISTER)
def show() -> ResponseReturnValue:
    """The form, what is under way, and past imports."""
    return _page(said(NOTICES))


@needs(ADMINISTER)
def give() -> ResponseReturnValue:
    """Take a file in, straight to the disk, check it as a whole, and show the look at it."""
    with begin(guard.actor()) as work:
        refusal = room.refusal(work, request.content_length or uploads.LARGEST)
    if refusal:
        status = HTTPStatus.INSUFFICIENT_STORAGE if refusal == "no-room" else HTTPStatus.CONFLICT
        return _page(f"list-{refusal}"), status
    descriptor, name = tempfile.mkstemp(dir=uploads.folder(), suffix=".part")
    os.close(descriptor)
    part = Path(name)
    try:
        try:
            with part.open("wb") as file:
                given = _received(part, file)
        except RequestEntityTooLarge:
            return _page("list-too-large"), 413
        if not given.path or (given.kind not in KINDS and given.kind != uploads.CAMPAIGN):
            return _page("list-none"), 400
        try:
            checked, look = uploads.check(given.kind, part), looking.look(given.kind, part)
        except RefusedError as error:
            return _refused(given.kind, refusals.of_file(error.faults, given.name, guard.language())), 400
        with begin(guard.actor()) as work:
            taken = uploads.receive(work, given.kind, given.name, checked, look, part)
    finally:
        part.unlink(missing_ok=True)
    return back("console.one_list", upload=taken.id)


@needs(ADMINISTER)
def one(upload: int) -> ResponseReturnValue:
    """One list: the look at it, then how far it is, then what became of it; for script only what changes."""
    found = _found(upload)
    if is_scripted():
        return render_template("console/administration/progress.html", upload=found)
    return _one(found, said(NOTICES))


@needs(ADMINISTER)
def confirm(upload: int) -> ResponseReturnValue:
    """Have it brought in; of a campaign, only with the number of people typed."""
    found = _found(upload)
    if found.kind == uploads.CAMPAIGN and found.state == "received":
        typed = re.sub(r"\s", "", request.form.get("count", ""))
        if typed != str(found.look and found.look.numbers):
            return _one(found, "list-count"), 400
    with begin(guard.actor()) as work:
        confirmed = uploads.confirm(work, upload)
    return back("console.one_list", "" if confirmed else "list-is-past", upload=upload)


@needs(ADMINISTER)
def cancel(upload: int) -> ResponseReturnValue:
    """Bring in nothing more of it."""
    _found(upload)
    with begin(guard.actor()) as work:
        cancelled = uploads.cancel(work, upload)
    return back("console.one_list", "list-cancelled" if cancelled else "list-is-past", upload=upload)


@needs(ADMINISTER)
def rejects(upload: int) -> ResponseReturnValue:
    """Give its rejected rows, which is audited, with reasons; cells that a spreadsheet would run are made harmless."""
    found = _found(upload)
    if not found.rejects.exists():
        abort(404)
    with begin(guard.actor()) as work:
        audit.record(work, "upload.rejects-fetched", None, upload=upload)
    return spreadsheet.answer(f"{found.kind}-{found.id}-rejected.csv", _rows(found.rejects))


def _rows(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from map(spreadsheet.line, csv.reader(file))


def _received(part: Path, came: IO[bytes]) -> Given:
    """Read the form, its file written to `part` as it comes. Raises RequestEntityTooLarge."""
    request.max_content_length = uploads.LARGEST + OF_THE_FORM

    def on_disk(
        total_content_length: int | None,  # noqa: ARG001 werkzeug's names
        content_type: str | None,  # noqa: ARG001
        filename: str | None,  # noqa: ARG001
        content_length: int | None = None,  # noqa: ARG001
    ) -> IO[bytes]:
        return came

    parser = FormDataParser(stream_factory=on_disk, max_form_memory_size=OF_THE_FORM, max_form_parts=_MOST_PARTS)
    length, options = request.content_length, request.mimetype_params
    _, form, files = parser.parse(request.stream, request.mimetype, length, options)
    file = files.get("file")
    if file is None:
        return Given(form.get("kind", ""), "", None)
    came.flush()
    name = "".join(each for each in PurePath((file.filename or "").replace("\\", "/")).name if each.isprintable())
    return Given(form.get("kind", ""), name or "list.csv", part if part.stat().st_size else None)


def _found(upload: int) -> Upload:
    try:
        with begin(guard.actor()) as work:
            return uploads.find(work, upload)
    except BadInputError:
        abort(404)


def _one(found: Upload, notice: str | None) -> str:
    is_campaign, before = found.kind == uploads.CAMPAIGN, False
    if found.state == "received" and not is_campaign:
        with begin(guard.actor()) as work:
            before = imports.ended(work, found.kind, found.sha256)
    return render_template(
        "console/administration/list.html",
        section="console.messages" if is_campaign else "console.lists",
        upload=found,
        look=found.look,
        before=before,
        texts=messages.texts(messages.CAMPAIGN) if is_campaign else {},
        who=_names(),
        notice=notice,
    )


def _refused(kind: str, why: str) -> str:
    return messages.page("list-refused", why) if kind == uploads.CAMPAIGN else _page("list-refused", why)


def _page(notice: str | None, why: str = "") -> str:
    with begin(guard.actor()) as work:
        opened, over = uploads.still_open(work, campaigns=False), uploads.over(work, PAST, campaigns=False)
        past = imports.newest(work, PAST)
    return render_template(
        "console/administration/lists.html",
        section="console.lists",
        kinds=list(KINDS),
        opened=opened,
        over=over,
        past=[each for each in past if not each.started_by.startswith("advisor ")],
        who=_names(),
        largest=uploads.LARGEST,
        notice=notice,
        why=why,
    )


def _names() -> dict[str, str]:
    """Return who people are, as rows name actors."""
    with begin(guard.actor()) as work:
        known = [*agents.every(work), *agents.every(work, closed=True)]
    return {f"advisor {each.id}": each.name for each in known}
