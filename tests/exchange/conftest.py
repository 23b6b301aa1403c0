"""An exchange on a free port, and an application for it to call."""

from collections.abc import Iterator

import pytest

from exchange.scripted import Application
from exchange.server import serving
from exchange.switchboard import Account

ACCOUNT_SID = "AC" + "1" * 32
AUTH_TOKEN = "a-secret-of-32-characters-or-not"


@pytest.fixture
def application() -> Application:
    """An application that asks for a language, then a number, then a code, and says goodbye."""

    def ask(key: str, turn: int, text: str, attributes: str) -> str:
        return (
            f'<Response><Say language="ar-MA">مرحبا.</Say><Gather action="/voice/answer/{turn}/{key}" {attributes} '
            f'actionOnEmptyResult="true"><Say language="fr-FR">{text}</Say></Gather></Response>'
        )

    return Application(
        {
            "/voice/incoming": ask("language", 1, "Pour le français, tapez 2.", 'numDigits="1" finishOnKey=""'),
            "/voice/answer/1/language": ask("registration-number", 2, "Votre numéro.", 'numDigits="9" finishOnKey="*"'),
            "/voice/answer/2/registration-number": ask("code", 3, "Votre code.", 'numDigits="6" timeout="60"'),
            "/voice/answer/3/code": '<Response><Say language="fr-FR">Au revoir.</Say></Response>',
            "/voice/fallback": ask("again", 9, "Répétez.", 'numDigits="1"'),
            "/voice/status": "<Response/>",
            "/sms/status": "<Response/>",
        }
    )


@pytest.fixture
def origin(application: Application) -> Iterator[str]:
    """Where the application answers."""
    with application.serving() as origin:
        yield origin


@pytest.fixture
def account(origin: str) -> Account:
    """The account of the exchange: two numbers, which ring the application."""
    return Account(
        sid=ACCOUNT_SID,
        auth_token=AUTH_TOKEN,
        numbers=("+212520447100", "3939"),
        voice_url=f"{origin}/voice/incoming",
        fallback_url=f"{origin}/voice/fallback",
        status_url=f"{origin}/voice/status",
    )


@pytest.fixture
def exchange(account: Account) -> Iterator[str]:
    """Where the exchange answers."""
    with serving(account) as base_url:
        yield base_url
