"""All settings, read in one place from the environment or `.env`, checked at start.

The README's table documents each; `tests/test_settings.py` keeps the two equal.
"""

from datetime import date
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.errors import MisconfiguredError

NUMBERS = "+212520447100=vocal-server,+212800090100=vocal-server,+212520194040=call-centre,3939=relation-centre"
Service = Literal["vocal-server", "call-centre", "relation-centre"]
Role = Literal["advisor", "supervisor", "administrator", "auditor"]
ROLES: tuple[Role, ...] = ("advisor", "supervisor", "administrator", "auditor")
SERVICES: tuple[Service, ...] = ("vocal-server", "call-centre", "relation-centre")


class Settings(BaseSettings):
    """What the environment says. Fields bear the names of the variables, in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str | None = None
    redis_url: str | None = None
    svi_home: Path = Path(".svi")
    svi_port: int = Field(default=8039, ge=1, le=65535)
    svi_exchange_port: int = Field(default=8040, ge=1, le=65535)
    svi_events_port: int = Field(default=8041, ge=1, le=65535)
    svi_web_workers: int | None = Field(default=None, ge=1)
    svi_public_url: str | None = None
    svi_proxies: str | None = None
    twilio_account_sid: str | None = Field(default=None, pattern=r"^AC[0-9a-fA-F]{32}$")
    twilio_auth_token: SecretStr | None = None
    twilio_api_base: str | None = None
    twilio_api_key_sid: str | None = Field(default=None, pattern=r"^SK[0-9a-fA-F]{32}$")
    twilio_api_key_secret: SecretStr | None = None
    twilio_twiml_app_sid: str | None = Field(default=None, pattern=r"^AP[0-9a-fA-F]{32}$")
    svi_byoc_trunk_sid: str | None = Field(default=None, pattern=r"^BY[0-9a-fA-F]{32}$")
    svi_numbers: str = NUMBERS
    svi_sms_sender: str = Field(default="CNSS", max_length=11, min_length=1)
    svi_today: date | None = None
    svi_payment_url: str = "https://www.cnss.ma/bpc-payement/assure/tns/"
    svi_open: Literal["always", "never"] | None = None
    svi_speech: Literal["off", "menus", "all"] = "all"
    svi_calls_per_second: float = Field(default=1, gt=0)
    svi_caller_id: str | None = Field(default=None, pattern=r"^\+?[0-9]{4,15}$")
    svi_secret_key: SecretStr | None = None
    svi_demo: bool = False
    svi_oidc_issuer: str | None = None
    svi_oidc_client_id: str | None = None
    svi_oidc_client_secret: SecretStr | None = None
    svi_oidc_login_claim: str = "preferred_username"
    svi_oidc_role_claim: str | None = None
    svi_oidc_roles: str | None = None
    svi_password_logins: str | None = None
    svi_voice_ar: str = "Google.ar-XA-Standard-A"
    svi_voice_fr: str = "Polly.Lea-Neural"

    @field_validator("database_url")
    @classmethod
    def _postgresql_only(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("must be postgresql://… (PostgreSQL 18 or later)")
        return url

    @field_validator("redis_url")
    @classmethod
    def _redis_only(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must be redis://…, rediss://… or unix://…")
        return url

    @field_validator("svi_numbers")
    @classmethod
    def _known_services(cls, numbers: str) -> str:
        for pair in numbers.split(","):
            number, _, service = pair.strip().partition("=")
            if not number or service not in SERVICES:
                raise ValueError(f"{pair.strip()!r} must be NUMBER=SERVICE, SERVICE one of {', '.join(SERVICES)}")
        return numbers

    @field_validator("svi_proxies")
    @classmethod
    def _known_networks(cls, named: str | None) -> str | None:
        for each in (named or "").split(","):
            if each.strip():
                ip_network(each.strip())
        return named

    @field_validator("svi_oidc_issuer")
    @classmethod
    def _safe_issuer(cls, issuer: str | None) -> str | None:
        if issuer is not None and not issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError("must be https://…, as the provider writes it")
        return issuer

    @field_validator("svi_oidc_roles")
    @classmethod
    def _known_roles(cls, pairs: str | None) -> str | None:
        for pair in (pairs or "").split(",") if pairs else ():
            theirs, _, ours = pair.rpartition("=")
            if not theirs.strip() or ours.strip() not in ROLES:
                raise ValueError(f"{pair.strip()!r} must be THEIRS=ROLE, ROLE one of {', '.join(ROLES)}")
        return pairs

    @model_validator(mode="after")
    def _whole_provider(self) -> Self:
        if self.svi_oidc_issuer and not self.svi_oidc_client_id:
            raise ValueError("SVI_OIDC_ISSUER needs SVI_OIDC_CLIENT_ID")
        if bool(self.svi_oidc_role_claim) != bool(self.svi_oidc_roles):
            raise ValueError("SVI_OIDC_ROLE_CLAIM and SVI_OIDC_ROLES belong together")
        if self.svi_password_logins and not self.svi_oidc_issuer:
            raise ValueError("SVI_PASSWORD_LOGINS needs SVI_OIDC_ISSUER: nobody else could come in")
        return self

    @property
    def openid_roles(self) -> dict[str, Role]:
        """The provider's roles → ours, the first that fits counting; empty: accounts are opened here only."""
        pairs = (pair.rpartition("=") for pair in (self.svi_oidc_roles or "").split(",") if pair)
        known: dict[str, Role] = {role: role for role in ROLES}
        return {theirs.strip(): known[ours.strip()] for theirs, _, ours in pairs}

    @property
    def password_logins(self) -> frozenset[str] | None:
        """The logins that may still sign in by a password; None: all."""
        logins = self.svi_password_logins
        return frozenset(each.strip().lower() for each in logins.split(",")) if logins else None

    @property
    def public_url(self) -> str:
        """Origin that Twilio calls and signs, without a final slash."""
        return (self.svi_public_url or f"http://127.0.0.1:{self.svi_port}").rstrip("/")

    @property
    def events_origin(self) -> str:
        """Origin of the event stream: where nothing stands before us, its own port; else the proxy leads there."""
        direct = self.public_url == f"http://127.0.0.1:{self.svi_port}"
        return f"http://127.0.0.1:{self.svi_events_port}" if direct else self.public_url

    @property
    def numbers(self) -> dict[str, Service]:
        """Dialled number → service, as `SVI_NUMBERS` lists them."""
        pairs = (pair.strip().partition("=") for pair in self.svi_numbers.split(","))
        return {number: service for number, _, service in pairs if service in SERVICES}

    @property
    def caller_id(self) -> str:
        """The number shown to those whom we call: `SVI_CALLER_ID`, else the first of our own."""
        return self.svi_caller_id or next(iter(self.numbers))

    def require_database(self) -> str:
        """Return the database's URL.

        Raises MisconfiguredError where there is none.
        """
        return _required(self.database_url, "DATABASE_URL")

    def require_redis(self) -> str:
        """Return Redis's URL. Raises MisconfiguredError where there is none."""
        return _required(self.redis_url, "REDIS_URL")

    def require_twilio(self) -> tuple[str, str]:
        """Return account SID and auth token. Raises MisconfiguredError where either is missing."""
        token = self.twilio_auth_token.get_secret_value() if self.twilio_auth_token else None
        return _required(self.twilio_account_sid, "TWILIO_ACCOUNT_SID"), _required(token, "TWILIO_AUTH_TOKEN")

    def require_secret_keys(self) -> tuple[str, ...]:
        """Return the secret keys, the one in use first. Raises MisconfiguredError where there is none."""
        keys = self.svi_secret_key.get_secret_value() if self.svi_secret_key else None
        found = tuple(key.strip() for key in _required(keys, "SVI_SECRET_KEY").split(",") if key.strip())
        if not found:
            raise MisconfiguredError("SVI_SECRET_KEY is empty: set it to a long random text")
        return found


def _required(value: str | None, name: str) -> str:
    if not value:
        raise MisconfiguredError(f"{name} is not set: set it, or start everything with `svi up`")
    return value


@cache
def settings() -> Settings:
    """Return the settings of this process. Raises MisconfiguredError naming each wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(": ".join((*(str(each).upper() for each in e["loc"][:1]), e["msg"])) for e in error.errors())
        raise MisconfiguredError(f"settings are wrong: {wrong}") from None
