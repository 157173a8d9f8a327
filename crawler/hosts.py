"""Hosts that are left alone for a while, across runs: those that do not answer, and those that asked us to wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.clock import utc_now
from crawler.failures import in_words
from crawler.politeness import asks_to_wait, header, retry_after

SILENCES = 3  # requests without an answer, with none answered between them, after which a host rests
FIRST_REST = timedelta(hours=1)  # doubled by each further silence
LONGEST_REST = timedelta(days=1)
# What tells that nobody answers there, and that somebody does, however badly.
SILENT = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
HALF_ANSWERED = (DownloadCancelledError, ResponseDataLossError)


class HostRestsError(IgnoreRequest):
    """The host did not answer lately and is not asked before `until`."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class AskedToRestError(HostRestsError):
    """The host asked us to wait until `until`."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is known of a host that does not serve us as it should."""

    silences: int  # in a row; 0 when it answers and asked us to wait
    until: datetime | None  # None: it may be asked
    reason: str


class Hosts:
    """The rows of `hosts` of one archive, as one run of one outlet sees and changes them.

    `connection`: opened with isolation_level=None. `clock`: returns the present as an aware UTC datetime.
    """

    def __init__(self, connection: sqlite3.Connection, outlet: str, clock: Callable[[], datetime]) -> None:
        self._db = connection
        self._outlet = outlet
        self._clock = clock
        self._known: dict[str, Rest | None] = {}  # so that an answer costs no query

    def check(self, host: str) -> None:
        """Raise HostRestsError or AskedToRestError for a host that is to be left alone."""
        rest = self._rest(host)
        if rest is None or rest.until is None or rest.until <= self._clock():
            return
        until = f"it is left alone until {rest.until:%Y-%m-%d %H:%M} UTC"
        if rest.silences:
            raise HostRestsError(
                f"{host} did not answer {rest.silences} times ({rest.reason}); {until}", rest.until
            )
        raise AskedToRestError(f"{host} {rest.reason}; {until}", rest.until)

    def answered(self, host: str) -> None:
        """Note that a host serves us; what was held against it is forgotten."""
        if self._rest(host) is not None:
            self._known[host] = None
            self._db.execute("DELETE FROM hosts WHERE hostname = ?", (host,))

    def silent(self, host: str, reason: str) -> None:
        """Note that a host did not answer; from the third time on it rests, longer each time."""
        before = self._rest(host)
        silences = (before.silences if before else 0) + 1
        until = None
        if silences >= SILENCES:
            until = self._clock() + min(FIRST_REST * (1 << min(silences - SILENCES, 10)), LONGEST_REST)
        self._keep(host, Rest(silences, until, reason))

    def asked(self, host: str, until: datetime, reason: str) -> None:
        """Note that a host asked us to wait."""
        self._keep(host, Rest(0, until, reason))

    def rests_until(self) -> datetime | None:
        """Return when the last of the hosts that this outlet met may be asked again; None when none rests."""
        query = "SELECT max(until) FROM hosts WHERE outlet = ? AND until > ?"
        row = self._db.execute(query, (self._outlet, self._clock().isoformat(timespec="seconds"))).fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def _rest(self, host: str) -> Rest | None:
        if host not in self._known:
            row = self._db.execute(
                "SELECT silences, until, reason FROM hosts WHERE hostname = ?", (host,)
            ).fetchone()
            until = datetime.fromisoformat(row[1]) if row and row[1] else None
            self._known[host] = Rest(row[0], until, row[2]) if row else None
        return self._known[host]

    def _keep(self, host: str, rest: Rest) -> None:
        self._known[host] = rest
        until = rest.until.isoformat(timespec="seconds") if rest.until else None
        self._db.execute(
            """INSERT INTO hosts (hostname, outlet, silences, since, until, reason) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (hostname) DO UPDATE SET outlet = excluded.outlet, silences = excluded.silences,
                 until = excluded.until, reason = excluded.reason""",
            (
                host,
                self._outlet,
                rest.silences,
                self._clock().isoformat(timespec="seconds"),
                until,
                rest.reason,
            ),
        )


class HostsMiddleware:
    """Keeps requests from hosts that rest, and learns from every answer and every silence."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostsMiddleware:
        """Take what the spider knows of hosts; other spiders, such as Scrapy's shell, do without."""
        if not isinstance(getattr(crawler.spider, "hosts", None), Hosts):
            raise NotConfigured
        return cls(crawler.spider.hosts)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Raise HostRestsError for a host that is to be left alone."""
        self._hosts.check(_host(request))

    def process_response(self, request: Request, response: Response) -> Response:
        """Note an answer, or that the server asks us to wait."""
        retry = header(response, "Retry-After")
        if asks_to_wait(response.status, retry):
            until = retry_after(retry, utc_now())
            self._hosts.asked(_host(request), until, f"answered {response.status} and asked us to wait")
        else:
            self._hosts.answered(_host(request))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note a silence, once the retries are spent, or that there was the half of an answer."""
        if isinstance(exception, HALF_ANSWERED):
            self._hosts.answered(_host(request))
        elif isinstance(exception, SILENT):
            self._hosts.silent(_host(request), in_words(exception))


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
