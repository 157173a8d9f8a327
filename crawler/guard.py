"""Refuse hosts that resolve to private, loopback or link-local addresses, also after a redirect, and headers without end.

A page on the web must not be able to send the crawler into the network it runs in. What goes through a proxy is
exempt: the operator has set it, and the name is resolved there.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


MOST_HEADERS = 64 * 1024  # bytes; browsers and servers stop at a quarter of that or at four times as much


class OversizedHeadersError(IgnoreRequest):
    """A response's headers are larger than any that mean well."""


class PrivateAddressError(IgnoreRequest):
    """A host's address belongs to a private network, to this machine or to nobody."""


def first_private(addresses: Iterable[str]) -> str | None:
    """Return the first address that is not a public one, or None.

    Public is what IANA's special-purpose registries call globally reachable (RFC 6890); multicast is not. An IPv4
    address inside an IPv6 one counts as itself.
    """
    return next((address for address in addresses if not _is_public(ipaddress.ip_address(address))), None)


def _is_public(address: Address) -> bool:
    inner = address.ipv4_mapped or address.sixtofour if isinstance(address, ipaddress.IPv6Address) else None
    one = inner or address
    return one.is_global and not one.is_multicast


class GuardMiddleware:
    """Checks a host before it is asked, and the address that really answered before the answer is read.

    The second check is for a name that resolves to one address for us and to another for the downloader.
    """

    def __init__(self, allowed: Iterable[str]) -> None:
        self._allowed = frozenset(allowed)
        self._resolved: dict[str, asyncio.Future[str | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Take ALLOW_PRIVATE_HOSTS from the settings."""
        return cls(crawler.settings.getlist("ALLOW_PRIVATE_HOSTS"))

    async def process_request(self, request: Request) -> None:
        """Raise PrivateAddressError for a host with a private address."""
        host = urlsplit(request.url).hostname
        if not host or host in self._allowed or request.meta.get("proxy"):
            return
        if host not in self._resolved:
            self._resolved[host] = asyncio.ensure_future(_private_address(host))
        address = await asyncio.shield(self._resolved[host])
        if address:
            raise _refusal(host, address)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise PrivateAddressError for an answer from a private address, OversizedHeadersError for absurd headers."""
        host, answered = urlsplit(request.url).hostname or "", response.ip_address
        exempt = host in self._allowed or request.meta.get("proxy")
        if not exempt and answered and not _is_public(answered):
            raise _refusal(host, str(answered))
        size = sum(len(name) + sum(map(len, values)) for name, values in response.headers.items())
        if size > MOST_HEADERS:
            raise OversizedHeadersError(
                f"its headers have {size} bytes; more than {MOST_HEADERS} are refused"
            )
        return response


def _refusal(host: str, address: str) -> PrivateAddressError:
    return PrivateAddressError(
        f"{host} has the address {address}, which is not public; ALLOW_PRIVATE_HOSTS={host} allows it"
    )


async def _private_address(host: str) -> str | None:
    """Resolve a host and return the first address that is not public; a name that leads nowhere has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # the downloader will say it better
        return None
    return first_private(str(entry[4][0]).partition("%")[0] for entry in found)
