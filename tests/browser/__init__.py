"""The phone in the browser, in Chromium, against the whole system."""
