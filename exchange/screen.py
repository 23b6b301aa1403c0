"""What the phone in the terminal shows: one line for each sentence, question, SMS and trouble."""

from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from exchange.masking import masked

RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")
ISOLATE_RTL, END_ISOLATE = "\u2067", "\u2069"
HTTP_OK = 200
CONNECTIONS = {
    "queued": "waiting in {queue}, place {position}",
    "dequeued": "no longer waiting: {result}",
    "calling": "calling {who}",
    "ringing": "rings: {from}; a to pick it up, h not to",
    "answered": "picked up",
    "joined": "",
    "left": "no longer connected",
    "held": "on hold",
    "unheld": "no longer on hold",
    "muted": "muted",
    "unmuted": "no longer muted",
}
"""What connects a call with others, or keeps it waiting, and how that is said of the phone's own call."""


class Screen:
    """A terminal or file, and a plain transcript beside it."""

    def __init__(self, stdout: TextIO, transcript: TextIO | None = None) -> None:
        self._console = Console(file=stdout, highlight=False, soft_wrap=True)
        self._transcript = transcript
        self._question: tuple[object, object] | None = None

    def show(self, event: Mapping[str, Any]) -> None:
        """Show one event of a call."""
        match event["kind"]:
            case "said":
                self._said(str(event["language"]).partition("-")[0], str(event["text"]))
            case "played":
                self._print(f"♪ {event['url']}")
            case "listening":
                self._asked(event)
            case "webhook" if event["error"] is not None or event["status"] != HTTP_OK:
                self.trouble(f"{event['method']} {event['path']}: {event['error'] or event['status']}")
            case "complaint":
                self.trouble(str(event["text"]))
            case "heard":
                self._print(f"{event['who']}: {event['text']}", "bold")
            case kind if kind in CONNECTIONS:
                self._connected(event)
            case "ended":
                self._print(f"— {event['status']}, {event['seconds']} s", "dim")

    def _connected(self, event: Mapping[str, Any]) -> None:
        """Show whom the call is connected with, or for whom it waits."""
        others, own = ", ".join(event.get("others", ())), event.get("own", True)
        match event["kind"]:
            case "joined":
                self._print(f"☎ connected with {others}" if others else "☎ connected, nobody else is there", "cyan")
            case "left" if not own:
                self._print(f"☎ {event['who']} left; " + (f"still with {others}" if others else "nobody else"), "cyan")
            case kind:
                who = "" if own else f"{event['who']} "
                self._print(f"☎ {who}{CONNECTIONS[kind].format(**event)}", "cyan")

    def message(self, message: Mapping[str, Any]) -> None:
        """Show an SMS."""
        self._print(f"✉ to {masked(str(message['to']))}: {message['body']}", "yellow")

    def people(self, people: Sequence[Mapping[str, Any]], language: str) -> None:
        """Show whom to call as, group by group, in one of the languages that they are described in."""
        if not people:
            self.note("this exchange proposes nobody to call as: start it with SVI_DEMO=1")
        group = None
        for person in people:
            if person["group"] != group:
                group = person["group"]
                self._worded(language, f"{group[language]}", "bold")
            keys = ", ".join(f"{entry['title'][language]} {entry['keys']}" for entry in person["entries"])
            self._worded(language, f"{person['title'][language]}. {person['what_happens'][language]}")
            self._worded(language, f"    {keys}", "dim")

    def sent(self, line: str) -> None:
        """Show what a script sent."""
        self._print(f"> {line}", "green")

    def note(self, text: str) -> None:
        """Show something that the phone itself says."""
        self._print(text, "dim")

    def trouble(self, text: str) -> None:
        """Show what went wrong."""
        self._print(f"! {text}", "red")

    def _said(self, language: str, text: str) -> None:
        self._question = None  # what is said leads to a question, the same one perhaps
        self._worded(language, text, "bold", before=f"{language} ")

    def _worded(self, language: str, text: str, style: str = "", *, before: str = "") -> None:
        """Print words of a language; on a terminal those of Arabic are kept together."""
        is_isolated = language in RIGHT_TO_LEFT and self._console.is_terminal
        shown = f"{ISOLATE_RTL}{text}{END_ISOLATE}" if is_isolated else text
        self._print(f"{before}{shown}", style, plain=f"{before}{text}")

    def _asked(self, event: Mapping[str, Any]) -> None:
        """Show which question is open, once for each time that it is asked."""
        asked = (event["turn"], event["question"])
        if asked != self._question:
            self._question = asked
            self._print(f"? {event['question']}", "dim")

    def _print(self, text: str, style: str = "", *, plain: str | None = None) -> None:
        self._console.print(Text(text, style))
        if self._transcript is not None:
            self._transcript.write(f"{plain or text}\n")
            self._transcript.flush()
