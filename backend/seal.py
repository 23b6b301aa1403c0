"""Keyed secrets: what is encrypted at rest, and what is only ever compared.

`seal` is AES-256-GCM with the key's id first and the row's name bound in, so that a sealed value moved to another
row does not open. `mac` is HMAC-SHA256: codes, callers' numbers and subjects of limits are stored only so. Keys are
derived from `SVI_SECRET_KEY`: the first in use, the others still readable.
"""

import hashlib
import hmac
import os
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.errors import SviError
from backend.settings import settings

_ID, _NONCE = 4, 12


class UnsealError(SviError):
    """A sealed value does not open: another key, another row, or damage."""


class _Key(NamedTuple):
    id: bytes
    cipher: AESGCM
    mac: bytes


def _derived(secret: str, use: bytes) -> bytes:
    return hmac.new(secret.encode(), b"svi3939/" + use, hashlib.sha256).digest()


@cache
def _keys() -> tuple[_Key, ...]:
    return tuple(
        _Key(_derived(secret, b"id")[:_ID], AESGCM(_derived(secret, b"seal")), _derived(secret, b"mac"))
        for secret in settings().require_secret_keys()
    )


def seal(plain: bytes, row: str) -> bytes:
    """Return `plain` encrypted for `row` (such as `outbox:sms-code:12`)."""
    key, nonce = _keys()[0], os.urandom(_NONCE)
    return key.id + nonce + key.cipher.encrypt(nonce, plain, row.encode())


def unseal(sealed: bytes, row: str) -> bytes:
    """Return what `seal` was given. Raises UnsealError."""
    for key in _keys():
        if key.id == sealed[:_ID]:
            nonce, body = sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :]
            try:
                return key.cipher.decrypt(nonce, body, row.encode())
            except (InvalidTag, ValueError):  # another row's, damaged, or cut short
                continue
    raise UnsealError(f"{row.partition(':')[0]}: a sealed value does not open: is its key still in SVI_SECRET_KEY?")


def mac(purpose: str, *parts: str) -> bytes:
    """Return the keyed digest (32 bytes) of `parts` for one purpose, under the key in use."""
    return hmac.new(_keys()[0].mac, "\x1f".join((purpose, *parts)).encode(), hashlib.sha256).digest()


def mac_matches(digest: bytes, purpose: str, *parts: str) -> bool:
    """Say, in constant time, whether `digest` is the keyed digest of `parts` under any key."""
    found = [hmac.compare_digest(digest, each) for each in macs(purpose, *parts)]
    return any(found)


def macs(purpose: str, *parts: str) -> list[bytes]:
    """Return the keyed digests of `parts` under each key, the one in use first."""
    message = "\x1f".join((purpose, *parts)).encode()
    return [hmac.new(key.mac, message, hashlib.sha256).digest() for key in _keys()]
