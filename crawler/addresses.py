"""One address for one article: canonical forms, and which addresses are worth following."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from crawler.outlets.model import Outlet, bare_host

# Characters. Longer addresses are calendars, search forms and accidents, and browsers refuse them too.
MAX_LENGTH = 2000

# Parameters that say how a reader came, not what is read. "id", "page", "sid" and the like are left alone.
TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|at_(?:medium|campaign|link_\w+|custom\d|bbc_team|format|ptr_name)|ns_\w+|_ga|_gl|"
    r"(?:fb|g|dc|msc|yc|tw)cl(?:k)?id|igshid|igsh|ocid|xtor|wickedid|"
    r"phpsessid|jsessionid|aspsessionid\w*|session_?id|cfid|cftoken",
    re.IGNORECASE,
)
PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)


def canonical(url: str) -> str | None:
    """Return the one form of an article's address, or None when it is no address to follow.

    Query parameters are sorted, tracking parameters, session ids and the fragment dropped, the host in lower case,
    Arabic percent-encoded. javascript:, file:, mailto: and addresses over MAX_LENGTH characters are None.
    """
    url = url.strip()
    if len(url) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    host = parts.hostname if port in (None, default) else f"{parts.hostname}:{port}"
    plain = urlunsplit((parts.scheme, host, PATH_SESSION.sub("", parts.path), parts.query, ""))
    names = [pair.partition("=")[0] for pair in parts.query.split("&")]
    tracking = [name for name in names if TRACKING.fullmatch(name)]
    if tracking:
        plain = url_query_cleaner(plain, tracking, remove=True, unique=False)
    form: str = canonicalize_url(plain)
    return form if len(form) <= 3 * MAX_LENGTH else None


def joined(base: str, link: str | None) -> str | None:
    """Make a link of a page or feed absolute, or None when it is empty or no address at all, e.g. "http://[x/"."""
    try:
        return urljoin(base, link.strip()) if link and link.strip() else None
    except ValueError:
        return None


def is_article(outlet: Outlet, url: str) -> bool:
    """Say whether a canonical address is one of the outlet's articles, by host and by the declared pattern.

    The pattern is searched in the percent-decoded path, e.g. "/أخبار/12", and in path?query for sites that keep the
    article's number in the query.
    """
    parts = urlsplit(url)
    if bare_host(parts.hostname or "") not in outlet.hosts:
        return False
    path = unquote(parts.path)
    whole = f"{path}?{unquote(parts.query)}" if parts.query else path
    return re.search(outlet.article, path) is not None or re.search(outlet.article, whole) is not None


def is_home(outlet: Outlet, url: str) -> bool:
    """Say whether an address is the outlet's front page: where many sites send what they no longer have."""
    parts, home = urlsplit(url), urlsplit(outlet.home)
    same_host = bare_host(parts.hostname or "") == bare_host(home.hostname or "")
    path = parts.path.rstrip("/")
    fronts = ("", home.path.rstrip("/"), "/ar", "/index.html", "/index.php")
    return same_host and not parts.query and path in fronts
