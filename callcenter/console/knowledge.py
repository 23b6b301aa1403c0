"""Articles to be read, in a call or outside of one. What is looked for is posted: words may be about somebody."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backend.work import begin
from callcenter import finding, knowledge
from callcenter.agents import Role
from callcenter.console import guard
from callcenter.console.guard import needs
from callcenter.routing import SUBJECTS

READERS: frozenset[Role] = frozenset({"advisor", "supervisor", "administrator"})


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/knowledge", "knowledge", show, methods=["GET"])
    blueprint.add_url_rule("/knowledge", "find_knowledge", show, methods=["POST"])


@needs(READERS)
def show() -> ResponseReturnValue:
    """The articles that answer; without words those that fit the call, or all. For the script, these alone."""
    words = request.form.get("words", "").strip()
    subject = next((each for each in SUBJECTS if each == request.form.get("subject")), None)
    with begin(guard.actor()) as work:
        today = work.today
    names = list(knowledge.ARTICLES)
    if words:
        names = finding.find(words, today, subject)
    elif subject:
        names = knowledge.fitting(subject)
    shown = {
        "articles": [knowledge.read(name, guard.language(), today) for name in names],
        "professions": knowledge.professions(),
        "searched": bool(words),
        "fits": subject is not None,
    }
    if guard.is_scripted():
        return render_template("console/knowledge/found.html", **shown)
    return render_template("console/knowledge/page.html", words=words[: finding.LONGEST], subject=subject, **shown)
