"""A picture of what became of calls, as SVG: a bar for each question, in the order in which callers meet them.

The bar is as long as the calls that reached the question; its parts are those that went on, left for an advisor and
hung up there. It follows the reader's light or dark scheme, and needs no script and no font of ours.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from ivr.statistics import OfQuestion

WIDTH, ROW, TOP, BAR = 960, 34, 92, 18
TITLES, BARS = 330, 380  # widths: of the titles' column, of the longest bar
LEFT = TITLES + 24
STYLE = """\
  svg { --paper: #fff; --ink: #1d2733; --quiet: #5b6775; --on: #12756a; --advisor: #b7791f; --gone: #b83232 }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #12171d; --ink: #e8edf2; --quiet: #9aa7b5; --on: #35a999; --advisor: #dda13f; --gone: #e06c6c }
  }
  text { font: 14px system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif; fill: var(--ink) }
  .head { font-size: 20px; font-weight: 600 }
  .quiet { fill: var(--quiet); font-size: 13px }
  .on { fill: var(--on) } .advisor { fill: var(--advisor) } .gone { fill: var(--gone) }
"""


class Part(NamedTuple):
    """A part of a bar: its class, its name, its calls."""

    kind: str
    name: str
    calls: int


def draw(questions: Sequence[OfQuestion], titles: Sequence[str], heading: str) -> str:
    """Return the picture of `questions` under `heading`; `titles` are theirs, in the same order."""
    longest = max((each.reached for each in questions), default=1)
    height = TOP + ROW * len(questions) + 20
    rows = "".join(_row(*each, longest) for each in zip(range(len(questions)), questions, titles, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="heading">\n<style>\n{STYLE}</style>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="var(--paper)"/>\n'
        f'<text class="head" id="heading" x="24" y="36">{escape(heading)}</text>\n{_legend()}{rows}</svg>\n'
    )


def parts(question: OfQuestion) -> Iterator[Part]:
    """Return the parts of a question's bar; together they are the calls that reached it."""
    yield Part("on", "went on", question.reached - question.advisor - question.hang_up)
    yield Part("advisor", "to an advisor", question.advisor)
    yield Part("gone", "hung up", question.hang_up)


def _row(number: int, question: OfQuestion, title: str, longest: int) -> str:
    y = TOP + ROW * number
    said = "; ".join(f"{part.name}: {part.calls}" for part in parts(question))
    times = f"{question.median:.0f} s" if question.median is not None else ""
    end = LEFT + BARS * question.reached / longest
    return (
        f"<g><title>{escape(title)} ({escape(question.question)}): {said}</title>"
        f'<text x="{TITLES}" y="{y + 14}" text-anchor="end">{escape(title)}</text>'
        f"{_bar(question, y, longest)}"
        f'<text x="{end + 10:.1f}" y="{y + 14}">{question.reached}</text>'
        f'<text class="quiet" x="{WIDTH - 24}" y="{y + 14}" text-anchor="end">{times}</text></g>\n'
    )


def _bar(question: OfQuestion, y: int, longest: int) -> str:
    drawn, x = "", float(LEFT)
    for part in parts(question):
        width = BARS * part.calls / longest
        if width:
            drawn += f'<rect class="{part.kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" rx="2"/>'
        x += width
    return drawn


def _legend() -> str:
    drawn, x = "", LEFT
    for kind, name in (("on", "went on"), ("advisor", "to an advisor"), ("gone", "hung up")):
        drawn += f'<rect class="{kind}" x="{x}" y="57" width="12" height="12" rx="2"/>'
        drawn += f'<text class="quiet" x="{x + 18}" y="68">{name}</text>'
        x += 130
    return drawn + f'<text class="quiet" x="{WIDTH - 24}" y="68" text-anchor="end">median time</text>\n'
