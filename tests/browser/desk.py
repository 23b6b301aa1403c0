"""A page of the console, and what a person does with it."""

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Self

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, expect

from .telephone import PATIENCE

PASSWORD = "quatre mots bien choisis"
OF_DEMONSTRATION = "essai du 3939"
A_TELEPHONE = ViewportSize(width=390, height=844)
KEPT_SCALE, COLOURS = 0.5, 48  # of a picture that is kept: small, and legible
TALLEST = 1800  # pixels of a page that are in its picture


class Desk:
    """One page: `desk.signs_in("s.alami").presses("KeyR").sees("offer")`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        page.set_default_timeout(PATIENCE)
        page.goto(url)

    def signs_in(self, login: str, password: str = PASSWORD) -> Self:
        """Fill in the form, by the keyboard, and come to the page at work."""
        return self._fills_in(login, password).is_live()

    def enters(self, login: str, password: str = PASSWORD) -> Self:
        """Fill in the form, and come to another page of the menu."""
        self._fills_in(login, password)
        expect(self.page.locator("nav.menu")).to_be_visible()
        return self

    def reads(self, language: str) -> Self:
        """Have the pages be in a language."""
        if self.page.locator("html").get_attribute("lang") != language:
            self.page.locator("button[name=language]").click()
        expect(self.page.locator(f"html[lang={language}] nav.menu")).to_be_visible()
        return self

    def is_live(self) -> Self:
        """Wait until the page at work hears keys: they go nowhere while its script is on its way."""
        expect(self.page.locator("main.desk[data-live]")).to_be_visible()
        return self

    def opens(self, path: str) -> Self:
        """Open another page of the console."""
        self.page.goto(f"{self._url}{path}")
        return self

    def presses(self, key: str) -> Self:
        """Use a shortcut: Alt and a key of the keyboard, by its place."""
        self.page.keyboard.press(f"Alt+{key}")
        return self

    def sees(self, phase: str) -> Self:
        """Wait until the page is about a phase of a call."""
        expect(self.page.locator(f'#call[data-phase="{phase}"]')).to_be_visible()
        return self

    def is_on_course(self, course: str) -> Self:
        """Wait until the page says who hears whom in a talk, or how it ended."""
        expect(self.page.locator(f'#call [data-course="{course}"]')).to_be_visible()
        return self

    def chooses(self, colleague: str) -> Self:
        """Choose a colleague in the panel, and confirm."""
        self.page.locator("#panel label", has_text=colleague).first.click()
        self.page.locator("#panel button.main").click()
        expect(self.page.locator("#panel")).to_be_hidden()
        return self

    def is_in_state(self, state: str) -> Self:
        """Wait until the header shows a state."""
        expect(self.page.locator(f'#state[data-state="{state}"]')).to_be_visible()
        return self

    def line_is(self, state: str) -> Self:
        """Wait until the telephone is in a state."""
        expect(self.page.locator(f'#line-state[data-state="{state}"]')).to_be_visible()
        return self

    def comes_true(self, expression: str) -> Self:
        """Wait until the page's script says so: Playwright's own way to wait is an `eval`, which the page refuses."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, expression
            self.page.wait_for_timeout(50)
        return self

    def is_in_wrap_up(self) -> Self:
        """Wait until the talk is over, and its result is asked for."""
        return self.sees("wrap-up").line_is("idle")

    def results_in(self, disposition: str) -> Self:
        """Say what a talk ended as, by the figure of its place in the list, and finish the wrap-up."""
        choice = self.page.locator(f'#after [value="{disposition}"]')
        self.presses(f"Digit{choice.get_attribute('data-digit')}")
        expect(choice).to_be_checked()
        return self.presses("KeyW")

    def pauses(self, reason: str) -> Self:
        """Be offered nothing, for a reason."""
        self.page.locator("#reason").select_option(reason)
        self.page.locator("#state .row button").press("Enter")
        return self.is_in_state("not-ready")

    def opens_record(self, number: str, reason: str, words: str) -> Self:
        """Look for a person without a call, and say why."""
        self.opens("records").page.locator("#sought-number").fill(number)
        self.page.locator("#sought-reason").select_option(reason)
        self.page.locator("#sought-words").fill(words)
        self.page.locator(".search button").click()
        expect(self.page.locator("#person .name")).to_be_visible()
        return self

    def unfolds(self, section: str) -> Locator:
        """Open a section of the person's record."""
        part = self.page.locator(f"#part-{section}")
        if part.get_attribute("open") is None:
            part.locator("> summary").press("Enter")
        return part

    def opens_all(self) -> Self:
        """Open each section of a person's record by the keyboard."""
        for section in self.page.locator("#person details.part").all():
            if section.get_attribute("open") is None:
                section.locator("> summary").focus()
                self.page.keyboard.press("Enter")
        expect(self.page.locator("#person details.part:not([open])")).to_have_count(0)
        self.page.evaluate("document.activeElement.blur()")
        return self

    def looks_up(self, words: str) -> Locator:
        """Type what is looked for among the articles, by the shortcut; returns what is found."""
        self.presses("KeyS")
        expect(self.page.locator("#sought")).to_be_focused()
        self.page.keyboard.type(words)
        return self.page.locator("#found details")

    def signs_out(self) -> Self:
        """Leave."""
        self.page.locator('form[action$="sign-out"] button').click()
        expect(self.page.locator("#login")).to_be_visible()
        return self

    def says(self, words: str) -> Self:
        """Type what one says."""
        self.page.locator("#words").fill(words)
        self.page.keyboard.press("Enter")
        return self

    def hears(self, words: str) -> Self:
        """Read what somebody said."""
        expect(self.page.locator("#heard p").filter(has_text=words)).to_be_visible()
        return self

    def is_accessible(self) -> Self:
        """Have axe find nothing wrong, and nothing be wider than the window."""
        self.page.mouse.move(0, 0)
        self.page.evaluate("{ for (const each of document.getAnimations()) each.cancel(); }")
        violations = Axe().run(self.page).response["violations"]
        wrong = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
        assert wrong == [], wrong
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        return self

    def pictured(self, state: str, *, of: str = "", whole: bool = False, narrow: bool = False) -> Self:
        """Have a state of the page be accessible, and keep its picture; `narrow`: once more on a telephone."""
        self.page.evaluate("scrollTo(0, 0)")
        self.is_accessible().keeps(state, of=of, whole=whole)
        if narrow:
            wide = self.page.viewport_size
            assert wide
            self.page.set_viewport_size(A_TELEPHONE)
            self.is_accessible().keeps(f"{state}-390", of=of, whole=whole)
            self.page.set_viewport_size(wide)
        return self

    def keeps(self, state: str, *, of: str = "", whole: bool = False) -> Self:
        """Keep a picture, where `SVI_PICTURES` names a folder: of the window, of one part, or of the whole page."""
        if folder := os.environ.get("SVI_PICTURES"):
            language = self.page.evaluate("document.documentElement.lang")
            theme = "dark" if self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
            taken = self.page.locator(of).first.screenshot() if of else self.page.screenshot(full_page=whole)
            picture = Image.open(BytesIO(taken)).convert("RGB")
            picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
            picture.thumbnail((round(picture.width * KEPT_SCALE), TALLEST), Image.Resampling.LANCZOS)
            picture = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            picture.save(Path(folder) / f"{state}-{language}-{theme}.png", optimize=True)
        return self

    def act(self, name: str) -> Locator:
        """Open the form of something that is done for the caller, by its summary."""
        form = self.page.locator(f'#acts details:has(form[action$="/act/{name}"])')
        if form.get_attribute("open") is None:
            form.locator("summary").press("Enter")
        return form

    def _fills_in(self, login: str, password: str) -> Self:
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        self.page.keyboard.press("Enter")
        return self

    @property
    def note(self) -> Locator:
        """Where notes are written."""
        return self.page.locator("#after textarea")


class Supervisor(Desk):
    """Karim Tazi's page: `karim.opens("floor").visits("Samira Alami", "listen").changes("whisper").says("Bonjour")`."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page, url)
        self.enters("k.tazi", OF_DEMONSTRATION)

    def visits(self, advisor: str, mode: str) -> Self:
        """Be in an advisor's talk by a mode."""
        self.page.locator("#talks tr", has_text=advisor).locator(f'[data-visit$=" {mode}"]').click()
        return self._is_in(mode)

    def changes(self, mode: str) -> Self:
        """Be in the same talk by another mode."""
        self.page.locator(f'[data-change="{mode}"]').click()
        return self._is_in(mode)

    def _is_in(self, mode: str) -> Self:
        expect(self.page.locator(f'#visit-mode[data-mode="{mode}"]')).to_be_visible()
        return self.line_is("joined")
