"""Scrapy's settings: polite defaults, and the order of the pipelines as one readable dict.

The other rooms are named by string only: nothing in crawler/ imports pipelines/.
"""

from __future__ import annotations

import os
from pathlib import Path

from crawler.search_lexicon import QUERIES

ROOT = Path(__file__).resolve().parent.parent

BOT_NAME = "tahaluf"
SPIDER_MODULES: list[str] = []  # spiders are made from the declarations, see SPIDER_LOADER_CLASS
SPIDER_LOADER_CLASS = "crawler.spiders.loader.OutletLoader"
COMMANDS_MODULE = "crawler.commands"

# --- Tahaluf's own settings -------------------------------------------------------------------------------------------
ARCHIVE = str(ROOT / "archive.db")
OUTLETS = str(Path(__file__).resolve().parent / "outlets")
CONTACT = os.environ.get("TAHALUF_CONTACT", "")  # whom a webmaster can write to; part of the user agent
PAGES_PER_RUN = 1000  # articles fetched from one outlet in one run; the rest waits on the ledger. 0: no limit
SITEMAPS_PER_RUN = 50  # sitemaps read below one index in one run, the newest first
SEARCH_QUERIES = list(QUERIES)  # what an outlet's own search is asked for
WAYBACK = "https://web.archive.org"  # the archive that is asked for what is gone or refused to us
# Seconds after which `scrapy sweep --due` takes an outlet again, until its feed shows better.
SWEEP_INTERVAL = 3600
SWEEP_SHORTEST = 900  # seconds between two runs of an outlet, however much it publishes
SWEEP_LONGEST = 6 * 3600  # … however little
SCHEDULE_EVERY = 300  # seconds between two looks of `scrapy schedule` at what is due
SCHEDULE_JITTER = 60  # … give or take
SITE = os.environ.get("TAHALUF_SITE", "http://127.0.0.1:8001")  # where the pages are: what feeds link to

ITEM_PIPELINES = {
    "pipelines.capture.CapturePipeline": 100,  # raw first: into a WARC, before anything is parsed
    "pipelines.pool.ReadPipeline": 200,  # extract, clean, judge, tag, in another process
    "pipelines.store.StorePipeline": 300,  # the article and the ledger's row, in one transaction
}

# What commands and the spider ask of the other rooms.
DOORS = {
    "open_archive": "pipelines.archive.open_archive",
    "put_outlets": "pipelines.store.put_outlets",
    "derive": "pipelines.derive.derive",
    "ingest": "pipelines.ingest.ingest",
    "backup": "pipelines.backup.backup",
    "reread": "pipelines.reread.reread",
    "rebuild": "pipelines.rebuild.rebuild",
    "take_down": "pipelines.take_down.take_down",
    "summary": "pipelines.summary.summary_lines",
    "publish": "pipelines.publish.publish",
    "verify": "pipelines.manifest.verify",
    "serve": "pipelines.site.serve",
    "serve_public": "pipelines.site.serve_public",
    "export": "pipelines.exports.work.export_command",
    "export_order": "pipelines.exports.work.as_order",
    "describe_exports": "pipelines.exports.listing.describe",
    "warc": "pipelines.warc.WarcFile",
    "skip_title": "pipelines.titles.reason_to_skip",
    "title_rules": "pipelines.titles.RULES",
    "freeze": "pipelines.frozen.freeze",
}

# --- Politeness -------------------------------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Tahaluf"  # the product token; the full user agent is politeness.user_agent(CONTACT)
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 50,  # first: the guard asks who resolves the name
    "crawler.guard.GuardMiddleware": 60,
    "crawler.hosts.HostsMiddleware": 70,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.politeness.RobotsMiddleware": 100,
}
ALLOW_PRIVATE_HOSTS: list[
    str
] = []  # hosts on this machine or in its network that may be asked; a proxy's may anyway
CONCURRENT_REQUESTS = 1  # of one outlet: what waits in a queue can't be recalled when a server says stop
CONCURRENT_REQUESTS_PER_DOMAIN = 1
EXTENSIONS = {"crawler.politeness.PauseAfterAnswer": 500}
DOWNLOAD_DELAY = 5  # seconds; each declaration may set its own
DOWNLOAD_DELAY_JITTER = 0  # a delay is a minimum: jitter would go below it
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60
RETRY_TIMES = 2
RETRY_HTTP_CODES = [
    500,
    502,
    504,
    522,
    524,
    408,
]  # 429 and 503 are requests to wait, so they wait for a later run
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the ledger keeps what failed, and why
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar,en;q=0.5",
}

# --- Limits -----------------------------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 60  # seconds for one whole response, so a slow drip ends too
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes, also after unpacking
DOWNLOAD_WARNSIZE = 0
SCRAPER_SLOT_MAX_ACTIVE_SIZE = (
    500_000  # bytes an outlet may have waiting to be read before it fetches more; ten pages
)
MEMUSAGE_LIMIT_MB = 800  # a crawl that grows beyond is stopped and goes on from its ledger; 0: no limit
DOWNLOAD_FAIL_ON_DATALOSS = True  # half a page is not a page
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5  # seconds; pages that reload themselves every minute are not redirects
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the ledger is the filter, and it outlives the run

# --- House keeping ----------------------------------------------------------------------------------------------------
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TELNETCONSOLE_ENABLED = False
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "WARNING"
LOG_JSON = False  # what is said on stderr as one JSON object a line
