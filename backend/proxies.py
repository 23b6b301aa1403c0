"""Who asks, where proxies stand before us: `X-Forwarded-For` is believed only from those that `SVI_PROXIES` names."""

from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from backend.settings import settings


def asker(peer: str | None, forwarded: str) -> str:
    """Return the address of who asks; `peer` is whose connection it is, `forwarded` the header, empty without one.

    Each proxy adds the address of its own peer last, so the last one that is no proxy of ours is it. What a stranger
    wrote before is nobody's word.
    """
    last = peer or ""
    for each in (last, *reversed(forwarded.split(","))):
        if each.strip():
            last = each.strip()
        if not _is_ours(last):
            break
    return last


def _is_ours(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in _networks(settings().svi_proxies or ""))


@cache
def _networks(named: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each.strip()) for each in named.split(",") if each.strip())
