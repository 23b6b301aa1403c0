from pathlib import Path

from backend import people
from backend.work import Actor, begin
from callcenter import cases, floor
from tests.console import test_conspicuous as c
from tests.console.test_conspicuous import *  # noqa


def test_pictures(samira, karim, hire, sample):
    c.reads_on(samira)
    with begin(Actor("advisor", str(samira.id), "console")) as work:
        p = people.numbered(work, c.HICHAM)
        for s in ("claims", "rights", "contributions"):
            cases.open_case(work, p.id, samira.id if s != "rights" else 2, None, s, "x")
    floor.forget_all()
    for lang, theme in (("fr", "light"), ("ar", "dark")):
        karim.posts("look", language=lang, theme=theme)
        for name, path in (
            ("cases", "cases?which=all"),
            ("floor", "floor"),
            ("advisor", f"floor/advisors/{samira.id}"),
        ):
            html = karim.client.get("/console/" + path).text
            html = html.replace("/console/static/", "/tmp/w-guards/callcenter/console/static/")
            Path(f"/tmp/g-{name}-{lang}.html").write_text(html)
