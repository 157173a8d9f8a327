"""The crawler's voice on stderr: plain lines for people, or one JSON object a line for a log collector."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from scrapy.settings import BaseSettings

VOICE = "tahaluf"  # the logger of what commands say beside their result: progress, warnings, complaints


class JsonFormatter(logging.Formatter):
    """Makes of a record one line of JSON: time (UTC), level, logger, message, and outlet and error where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        moment = datetime.fromtimestamp(record.created, UTC)
        fields = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        spider = getattr(record, "spider", None)
        if spider is not None:
            fields["outlet"] = spider.name
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def set_up(settings: BaseSettings, *, logged: bool) -> None:
    """Give commands their voice, and with LOG_JSON make all that is logged JSON.

    `logged`: whether Scrapy's own records are wanted too, at LOG_LEVEL and above; LOG_FILE takes them, if set.
    """
    as_json = settings.getbool("LOG_JSON")
    voice = logging.getLogger(VOICE)
    voice.handlers = [_handler(JsonFormatter() if as_json else logging.Formatter("%(message)s"))]
    voice.setLevel(logging.INFO)
    voice.propagate = False
    if as_json and logged:
        file = settings["LOG_FILE"]
        # Scrapy puts its own handler back with every crawler that starts, unless it is told to have none.
        settings.set("LOG_ENABLED", False, priority="cmdline")
        settings.set("LOG_FILE", None, priority="cmdline")
        records = _handler(JsonFormatter(), file)
        records.setLevel(settings["LOG_LEVEL"])
        logging.getLogger().addHandler(records)


def _handler(formatter: logging.Formatter, file: str | None = None) -> logging.Handler:
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    handler.setFormatter(formatter)
    return handler
