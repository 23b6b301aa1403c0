"""Errors of this program: each says what happened and what to do.

They are mapped once to HTTP (ivr/webhooks), once to a prompt (the engine's apology) and once to the
terminal (svi.cli).
"""


class SviError(Exception):
    """Something that a person can act on; its text is one line: what is wrong, and how to mend it."""


class MisconfiguredError(SviError):
    """A setting is missing or contradicts another."""


class UnreachableError(SviError):
    """A part (PostgreSQL, Redis, telephony) does not answer."""


class BadInputError(SviError):
    """A file, a record or an argument is not what it should be."""
