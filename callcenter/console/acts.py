"""What an advisor does for the caller, on the page at work: forms by subject, each posted to one address.

An answer that is wrong comes back with its form as it was filled in, the error beside its field; a form that was posted
twice, or from a page that showed another person, does nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backend.errors import BadInputError
from backend.messages import Draft
from backend.wording import Language
from backend.work import Work, begin
from callcenter import acting, callbacks
from callcenter.acting import ACTS, At, Done, Field, Form, Line, Said, Wrong
from callcenter.console import guard
from callcenter.console.answering import back
from callcenter.console.guard import ANSWER, needs
from callcenter.console.typed import SMALL, number_in_form

FIRST_GROUPS = {
    "registration": ("registration", "mobile"),
    "contributions": ("contributions",),
    "claims": ("claims", "case"),
    "rights": ("rights",),
    "information": ("information",),
    "other": ("case", "callback"),
}
"""Subject of a call → the groups that are shown first; who calls comes before all, until it is proved."""


@dataclass(frozen=True)
class Posted:
    """A form as it was filled in, what is wrong with it, and the SMS that it would send."""

    act: str
    typed: Mapping[str, str]
    errors: Mapping[str, Line]
    drafts: Sequence[Draft] | None


@dataclass(frozen=True)
class Zone:
    """All that can be done now: groups of forms, those that matter first; what was done here."""

    at: At
    first: Sequence[tuple[str, list[Form]]]
    others: Sequence[tuple[str, list[Form]]]
    done: Sequence[Done]
    posted: Posted | None
    note: str  # of who arranged the call that is being made

    def typed(self, form: Form, field: Field) -> str:
        """Return what a field holds: what was typed, else what is proposed."""
        if self.posted and self.posted.act == form.act.name:
            typed = self.posted.typed.get(field.name, "")
            return _still_offered(form, field, typed) if field.widget == "choice" else typed
        return form.offer.chosen.get(field.name, "")

    def error(self, form: Form, name: str) -> Line | None:
        """Return what is wrong with a field."""
        return self.posted.errors.get(name) if self.posted and self.posted.act == form.act.name else None


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/act/<name>", "act", act, methods=["POST"])
    blueprint.add_app_template_global(zone, "acts_zone")


@needs(ANSWER)
def act(name: str) -> ResponseReturnValue:
    """Do something for the caller, or show the SMS that it would send."""
    if name not in ACTS:
        abort(404)
    number = number_in_form("number", SMALL)
    typed = {each.name: request.form.get(each.name, "") for each in ACTS[name].fields}
    previews = ACTS[name].previews and request.form.get("step") == "preview"
    try:
        with begin(guard.actor()) as work:
            at = _before_me(work)
            outcome = (acting.preview if previews else acting.do)(work, at, name, number, typed)
    except BadInputError:
        return _changed()
    if isinstance(outcome, Wrong):
        g.posted = Posted(name, typed, outcome.fields, None)
    elif not isinstance(outcome, Said):
        g.posted = Posted(name, typed, {}, outcome)
    if guard.is_scripted():
        return render_template("console/acts/zone.html") if previews else _view("console.person")
    if "posted" in g:
        return make_response(_view("console.work"), HTTPStatus.BAD_REQUEST if g.posted.errors else HTTPStatus.OK)
    return redirect(url_for("console.work") + "#acts", 303)


def _before_me(work: Work) -> At:
    """Return where the advisor stands. Raises BadInputError where that is not what the form was filled in for."""
    at = acting.stand(work, guard.me().id)
    if request.form.get("opening", "") != (str(at.opened.id) if at.opened else ""):
        raise BadInputError("this record is not before you any more")
    return at


def zone(language: Language) -> Zone:
    """Return what can be done now, for a template; the form that this request posted, as it was filled in."""
    with begin(guard.actor()) as work:
        at = acting.stand(work, guard.me().id)
        found, done = acting.forms(work, at), acting.done(work, at, language)
        note = _note(work, at)
    groups: dict[str, list[Form]] = {}
    for form in found:
        groups.setdefault(form.act.group, []).append(form)
    subject = at.ticket.subject if at.ticket else "other"
    front = ["identity", *FIRST_GROUPS[subject]]
    first = [(name, groups[name]) for name in front if name in groups]
    others = [(name, forms) for name, forms in groups.items() if name not in front]
    return Zone(at, first, others, done, g.get("posted"), note)


def _note(work: Work, at: At) -> str:
    return callbacks.note_of(work, at.ticket.callback) if at.ticket and at.ticket.callback else ""


def _view(endpoint: str) -> str:
    """Return another view's answer to this request: a page, or a fragment."""
    return str(current_app.view_functions[endpoint]())


def _changed() -> ResponseReturnValue:
    if guard.is_scripted():
        return render_template("console/zones/news.html", said="console-changed") + _view("console.person")
    return back("console.work", "console-changed")


def _still_offered(form: Form, field: Field, typed: str) -> str:
    """Return a choice that is still offered; of a case that somebody changed meanwhile, its present version."""
    values = [choice.value for choice in form.offer.choices.get(field.name, ())]
    same = (value for value in values if value.partition(".")[0] == typed.partition(".")[0])
    return typed if typed in values else next(same, "")
