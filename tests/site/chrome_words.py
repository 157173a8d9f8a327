"""What a page says by itself: its text and its spoken attributes, without what it quotes from the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

_SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-label")
ARABIC = re.compile("[\u0620-\u064a]+")
LATIN = re.compile("[A-Za-z]{2,}")
# Elements whose content is not the page's own wording: quoted in another language, a code, an address, a table's cell.
_QUOTED = {
    "ar": "//*[@lang='en' or self::bdi or self::code or self::pre or self::textarea or self::script or @dir='auto']",
    "en": "//*[@lang='ar' or self::pre or self::textarea or self::script or @dir='auto']",
}


def chrome(page: str, language: str) -> Iterator[str]:
    """Yield the words of a page in `language` that should be in that language."""
    tree = html.fromstring(page)
    for quoted in tree.xpath(_QUOTED[language]):
        if quoted.getparent() is not None:
            quoted.drop_tree()
    for element in tree.xpath("//body")[0].iter():
        if not isinstance(element.tag, str):
            continue
        yield from (element.get(name, "") for name in _SPOKEN)
        yield element.text or ""
        yield element.tail or ""
