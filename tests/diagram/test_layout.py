"""Where boxes and arrows go."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from backend.wording import LANGUAGES, Language
from ivr.diagram import FLOWS, shown, text
from ivr.diagram.layout import Size, lay_out

BOX = Size(100, 40)


def test_arrows_lead_down_and_no_box_is_over_another() -> None:
    """Also where an arrow passes a layer."""
    boxes = dict.fromkeys("abcdef", BOX)
    arrows = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "e"), ("c", "e"), ("d", "f"), ("a", "f"), ("e", "f")]
    layout = lay_out(boxes, arrows)
    assert all(layout.spots[source].bottom < layout.spots[target].y for source, target in arrows)
    for one, other in combinations(layout.spots.values(), 2):
        assert one.y != other.y or abs(one.x - other.x) >= BOX.width


def test_the_main_line_is_straight() -> None:
    """A box's first arrow matters more than the others."""
    layout = lay_out(dict.fromkeys("abcdef", BOX), [("a", "b"), ("a", "c"), ("a", "d"), ("b", "e"), ("e", "f")])
    across = [layout.spots[box].x for box in "abef"]
    assert max(across) - min(across) < BOX.width / 2


def test_arrows_in_a_circle_are_refused() -> None:
    """The picture turns them into a note that names the question."""
    with pytest.raises(ValueError, match="circle"):
        lay_out(dict.fromkeys("ab", BOX), [("a", "b"), ("b", "a")])


def test_lines_end_between_words_and_never_before_a_sign_or_a_lone_digit() -> None:
    """« Tapez 1. » stays on one line."""
    broken = text.lines("Pour vous inscrire tapez 1. Votre nom : Salma", 13, 150)
    assert len(broken) > 1
    assert not any(line.lstrip().startswith((":", "1")) for line in broken)
    assert " ".join(broken).replace(text.HELD, " ") == "Pour vous inscrire tapez 1. Votre nom : Salma"
    assert all(text.width(line, 13) <= 150 for line in broken)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FLOWS)
def test_each_drawing_is_an_svg_without_scripts_whose_boxes_are_on_the_paper(name: str, language: Language) -> None:
    """It is well-formed, loads nothing, says its language, and is drawn within its frame."""
    drawing = ET.fromstring(shown(name, "svg", language))
    assert drawing.get("lang") == language
    _, _, width, height = map(float, str(drawing.get("viewBox")).split())
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert tags <= {"svg", "title", "style", "rect", "g", "text", "path"}
    for element in drawing.iter("{http://www.w3.org/2000/svg}rect"):
        if element.get("x"):
            x, y, wide, high = (float(str(element.get(name))) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert y >= 0
            assert x + wide <= width
            assert y + high <= height
