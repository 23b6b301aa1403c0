"""The SMS: on which occasions one goes, its words in both languages, its figures of the day, and its switch."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Literal

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from backend import messages, outbox
from backend.clock import CASABLANCA
from backend.feeds import uploads
from backend.outbox import State
from backend.settings import settings
from backend.values import Dirhams, FileNumber, Month, OneTimeCode, RegistrationNumber, Term, Value
from backend.wording import LANGUAGES, Language, variables, written
from backend.wording.segments import segments
from backend.work import Actor, Work, begin
from callcenter.console import guard
from callcenter.console.answering import back, said
from callcenter.console.guard import ADMINISTER, needs

Kind = Literal["code", "asked-for", "notice"]
NOTICES = ("message-on", "message-off", "message-essential")
WAITING: tuple[State, ...] = ("queued", "sending", "uncertain")
FAILED: tuple[State, ...] = ("failed", "undelivered", "needs-attention", "expired")
LONGEST_REASON = 200
CAMPAIGN = "sms-campaign"
_DAY = date(2027, 3, 24)
EXAMPLES: Mapping[str, Value] = MappingProxyType(
    {
        "activation": "41725038",
        "address": "2 avenue de l'Exemple",
        "agencies": "Rabat Agdal : 2 avenue de l'Exemple, Rabat",
        "amount": Dirhams.parse("1250.50"),
        "appointment": _DAY,
        "became": "in-review",
        "by": _DAY,
        "city": "Rabat",
        "code": OneTimeCode("417250"),
        "day": _DAY,
        "days": 60,
        "delay": "expected",
        "due_month": Month(2027, 3),
        "due_on": _DAY,
        "expected_on": _DAY,
        "file": FileNumber("100200300"),
        "half": Term("half-day-morning"),
        "month": Month(2027, 3),
        "months": 2,
        "name": "Rabat Agdal",
        "number": RegistrationNumber("104228815"),
        "owed": Dirhams.parse("1250.50"),
        "paid_on": _DAY,
        "since": Month(2027, 1),
        "state": "in-review",
        "works_from": _DAY,
    }
)
"""An invented value for each that an SMS may say."""


@dataclass(frozen=True)
class Shown:
    """An occasion, as its page and the list of all show it."""

    occasion: str
    kind: Kind
    off_since: datetime | None
    sent: int
    waiting: int
    failed: int
    withheld: int

    @property
    def essential(self) -> bool:
        """Whether it has no switch: it holds a code that is told in no other way."""
        return self.occasion in messages.ESSENTIAL


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/messages", "messages", show, methods=["GET"])
    blueprint.add_url_rule("/messages/<occasion>", "one_message", one, methods=["GET"])
    blueprint.add_url_rule("/messages/<occasion>/switch", "switch_message", switch, methods=["POST"])


@needs(ADMINISTER)
def show() -> ResponseReturnValue:
    """Every SMS, and the campaigns."""
    return page(said(NOTICES))


@needs(ADMINISTER)
def one(occasion: str) -> ResponseReturnValue:
    """One SMS: its words, and its switch, which is confirmed by being here."""
    with begin(guard.actor()) as work:
        shown = next((each for each in _all(work) if each.occasion == occasion), None) or abort(404)
    return render_template(
        "console/administration/message.html",
        section="console.messages",
        shown=shown,
        texts=texts(occasion),
        notice=said(NOTICES),
        longest=LONGEST_REASON,
    )


@needs(ADMINISTER)
def switch(occasion: str) -> ResponseReturnValue:
    """Withhold an SMS from now on, those that wait included, or send it again; saying it twice changes nothing."""
    if occasion not in messages.OCCASIONS:
        abort(404)
    if occasion in messages.ESSENTIAL:
        return back("console.one_message", "message-essential", occasion=occasion)
    on = request.form.get("on") == "1"
    reason = " ".join(request.form.get("reason", "").split())[:LONGEST_REASON]
    with begin(Actor("advisor", str(guard.me().id), reason or "console")) as work:
        messages.switch(work, occasion, on=on)
    if not on:
        with begin(guard.actor()) as work:
            outbox.withhold(work)  # as many as one statement may; the clock goes on
    return back("console.one_message", "message-on" if on else "message-off", occasion=occasion)


def page(notice: str | None, why: str = "") -> str:
    """Return the page of all SMS; `why`: what is wrong with a list that was given in for a campaign."""
    with begin(guard.actor()) as work:
        found, opened = _all(work), uploads.still_open(work, campaigns=True)
        over = uploads.over(work, 10, campaigns=True)
    return render_template(
        "console/administration/messages.html",
        section="console.messages",
        shown=found,
        campaigns=[*opened, *over],
        text=texts(CAMPAIGN),
        kind=uploads.CAMPAIGN,
        notice=notice,
        why=why,
    )


def _all(work: Work) -> list[Shown]:
    today = datetime.combine(work.now.astimezone(CASABLANCA).date(), time(), CASABLANCA)
    figures, off = outbox.made_since(work, today), messages.off(work)
    return [_shown(each, off.get(each), figures.get(each, Counter())) for each in messages.OCCASIONS]


def _shown(occasion: str, off_since: datetime | None, figures: "Counter[State]") -> Shown:
    kinds: dict[int, Kind] = {messages.CODE.priority: "code", messages.INFORMATION.priority: "asked-for"}
    kind: Kind = kinds.get(messages.OCCASIONS[occasion].priority, "notice")
    waiting, failed = (sum(figures[each] for each in states) for states in (WAITING, FAILED))
    withheld = figures["withheld"]
    sent = figures.total() - waiting - failed - withheld
    return Shown(occasion, kind, off_since, sent, waiting, failed, withheld)


def texts(occasion: str) -> dict[Language, tuple[str, int]]:
    """Return the words in each language, with invented values, and how many segments they take."""
    told: dict[Language, tuple[str, int]] = {}
    for language in LANGUAGES:
        given: dict[str, Value] = {**EXAMPLES, "link": settings().svi_payment_url}
        values = {name: given.get(name, "…") for name in variables(language, occasion)}
        text = written(language, occasion, **values)
        told[language] = (text, segments(text))
    return told
