"""A page of the phone, and what a person does with it."""

from typing import Literal, Self

from playwright.sync_api import Locator, Page, expect

from tests import waiting

PATIENCE = 1000 * waiting.PATIENCE  # milliseconds, as playwright counts
AT_ONCE = "0"


class Telephone:
    """One page: `phone.dial().keys("2").hears("tapez 1")`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        self.is_ready()
        page.locator("#pace").select_option(AT_ONCE)
        self._turn = ""

    def is_ready(self) -> Self:
        """Wait until the page is worded and has found its exchange."""
        expect(self.page.locator("body.ready")).to_be_visible()
        expect(self.page.locator("#connection")).to_have_attribute("data-state", "found")
        return self

    def dial(self) -> Self:
        """Call, as the form says."""
        self.page.locator("#call").click()
        return self.asked("language")

    def clicks(self, keys: str) -> Self:
        """Press the keys of the keypad."""
        for key in keys:
            self.page.locator(f'#keypad [data-key="{key}"]').click()
        return self

    def types(self, keys: str) -> Self:
        """Press keys of the keyboard, whatever has the focus."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def asked(self, question: str) -> Self:
        """Wait until a question is open: the exchange says which."""
        expect(self.page.locator(f'#asked[data-turn="caller"][data-question="{question}"]')).to_be_visible()
        return self

    def hears(self, *words: str) -> Self:
        """See what was said."""
        for each in words:
            expect(self.log.locator("p.said").filter(has_text=each).last).to_be_visible()
        return self

    def does(self, what: str) -> Self:
        """Press a button of the handset: `silence`, `hang-up`, `code`."""
        self.page.locator(f"#{what}").click()
        return self

    def is_over(self) -> Self:
        """Wait until the call has ended."""
        expect(self.page.locator('html[data-call="over"]')).to_be_attached()
        return self

    def code_arrives(self) -> Locator:
        """Wait for an SMS with a code; returns the button that keys it."""
        button = self.page.locator("#notice button.plain")
        expect(button).to_be_visible()
        return button

    def overflow(self) -> int:
        """Say by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def dress(self, theme: Literal["light", "dark"]) -> Self:
        """Choose the colours."""
        self.page.locator(f'[data-theme-choice="{theme}"]').click()
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(400)  # colours change by and by
        return self

    @property
    def log(self) -> Locator:
        """What was said and done."""
        return self.page.locator("#log")

    @property
    def inbox(self) -> Locator:
        """The SMS, newest first."""
        return self.page.locator("#inbox > li")

    @property
    def webhooks(self) -> Locator:
        """The call's webhooks, newest first."""
        return self.page.locator("#webhooks > li")
