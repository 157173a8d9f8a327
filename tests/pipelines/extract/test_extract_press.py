"""The miniature press knows what each of its pages says, so here extraction can be held to the word."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from pipelines.clean import clean, clean_title, restore
from pipelines.extract import extract
from tests.press.houses import HOUSES
from tests.press.loader import load_press
from tests.press.pages import article_page, url_of


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("outlet", sorted(HOUSES))
def test_every_page_gives_what_its_author_wrote(outlet: str) -> None:
    house = HOUSES[outlet]
    shelf = load_press()[outlet]
    assert shelf
    for article in shelf:
        page = article_page(house, article, shelf)
        found = extract(
            page, url_of(house, article), timezone=house.timezone, names=(house.name, house.name_en)
        )
        cleaned = clean(found.text, names=(house.name, house.name_en))
        assert clean_title(found.title).text == article.title
        assert words(cleaned.text) == words(article.text), article.slug
        assert restore(cleaned) == found.text
        assert "&" not in cleaned.text
        assert found.language == "ar"
        assert found.author == article.author, article.slug
        assert bool(cleaned.dateline) == bool(article.dateline), article.slug
        assert found.published is not None, article.slug
        day = article.published.astimezone(ZoneInfo(house.timezone)).date()
        assert str(found.published)[:10] == str(day), article.slug
