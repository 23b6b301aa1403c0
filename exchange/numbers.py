"""Telephone numbers as this exchange takes them."""

USUAL_CALLER = "+212661000001"
"""Who calls, where nobody says."""


def international(number: str) -> str:
    """Write a number as Twilio does; a Moroccan one may be dialled as at home, `05…`."""
    figures = "".join(number.split())
    return f"+212{figures[1:]}" if figures.startswith("0") and not figures.startswith("00") else figures
