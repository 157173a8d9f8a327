"""Why an address gave no answer, in words for the ledger."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

_WORDS: dict[type[Exception], str] = {
    CannotResolveHostError: "the host's name leads nowhere",
    DownloadCancelledError: "the answer is larger than DOWNLOAD_MAXSIZE allows",
    DownloadConnectionRefusedError: "the host refuses connections",
    DownloadTimeoutError: "no whole answer came in time",
    ResponseDataLossError: "the answer was cut off",
}


def in_words(error: BaseException | None) -> str:
    """Say in a short sentence what went wrong; what has no words of ours is told by its name and its own."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    name = type(error).__name__
    return f"{name}: {str(error)[:200]}" if str(error) else name
