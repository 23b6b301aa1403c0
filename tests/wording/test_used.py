"""What nobody says or shows any more is deleted: message keys of the catalogues, classes of the console's styles."""

import re
from functools import cache
from pathlib import Path

from fluent.syntax import parse
from fluent.syntax.ast import Message

ROOT = Path(__file__).parents[2]
CONSOLE = ROOT / "callcenter" / "console"
ROOMS = ("backend", "callcenter", "ivr", "svi", "exchange")
KINDS = {".py", ".html", ".js", ".yaml"}


@cache
def sources() -> str:
    """Return all that may name a message or a class."""
    files = sorted(
        file for room in ROOMS for file in (ROOT / room).rglob("*") if file.suffix in KINDS and "lib" not in file.parts
    )
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_message_is_named_or_its_beginning_or_end_is() -> None:
    """Names are put together (`"feed-" ~ kind`): then a quoted part that ends, or begins, with a hyphen names it."""
    catalogues = [file.read_text(encoding="utf-8") for file in (ROOT / "prompts" / "fr").glob("*.ftl")]
    keys = {entry.id.name for text in catalogues for entry in parse(text).body if isinstance(entry, Message)}
    named = set(re.findall(r"[\"'`]([a-z][\w-]*)(?=[\"'`.])", sources()))
    named |= set(re.findall(r"\{ ?([a-z][\w-]*)", "\n".join(catalogues)))
    begins = tuple(set(re.findall(r"[\"'`]([a-z][\w-]*-)(?=[\"'`{])", sources())))
    ends = tuple(set(re.findall(r"[}\"'](-[a-z][\w-]*)[\"'`]", sources())))
    unused = {
        key for key in keys - named if not key.startswith(begins) and not key.endswith(ends) and "-if-" not in key
    }
    assert not unused


def test_every_class_of_the_styles_is_given_to_something() -> None:
    """By a template or a script; also one whose name is put together (`state-` and an advisor's state)."""
    styles = [
        re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for file in (CONSOLE / "static").glob("*.css")
    ]
    classes = {
        name
        for text in styles
        for rule in re.findall(r"([^{}]+)\{", text)
        for name in re.findall(r"\.([a-z][\w-]*)", rule)
    }
    words = set(re.findall(r"[\w-]+", sources()))
    unused = {
        name for name in classes - words if not any(name.startswith(word) for word in words if word.endswith("-"))
    }
    assert not unused
