"""The page that shows the pictures of the console's states: `python -m tests.browser.gallery FOLDER`."""

import sys
from pathlib import Path

LOOKS = ("fr-light", "fr-dark", "ar-light", "ar-dark")
HEAD = """# The console, state by state

Each state in French and in Arabic, light and dark, as the browser tests see it; `-390` is a telephone's width. All of
it is made by `make pictures`; the people are invented. Click a picture to see it as large as it is.

| state | French, light | French, dark | Arabic, light | Arabic, dark |
|---|---|---|---|---|
"""


def page(folder: Path) -> str:
    """Return the page: a row for each state that has pictures, by name."""
    states: dict[str, set[str]] = {}
    for picture in folder.glob("*.png"):
        state, language, theme = picture.stem.rsplit("-", 2)
        states.setdefault(state, set()).add(f"{language}-{theme}")
    return HEAD + "".join(_row(state, states[state]) for state in sorted(states))


def _row(state: str, looks: set[str]) -> str:
    words = state.replace("-", " ")
    cells = [_cell(f"{state}-{look}.png", f"{words}, {look}") if look in looks else "" for look in LOOKS]
    return f"| {words} | {' | '.join(cells)} |\n"


def _cell(name: str, words: str) -> str:
    return f'<a href="{name}"><img src="{name}" alt="{words}" width="180"></a>'


if __name__ == "__main__":
    (Path(sys.argv[1]) / "README.md").write_text(page(Path(sys.argv[1])), encoding="utf-8")
