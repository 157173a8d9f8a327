"""Clean an extracted text and show the work: what was taken out, where it stood, and why."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.items import Cleaned
from pipelines.clean import characters
from pipelines.clean.blocks import drop_blocks
from pipelines.clean.datelines import lift_dateline
from pipelines.clean.draft import Draft, put_back
from pipelines.clean.glued import part_glued_words
from pipelines.clean.tails import lift_tail

__all__ = ["clean", "clean_title", "restore"]


def clean(text: str, *, names: Iterable[str] = (), mirror: bool = False) -> Cleaned:
    """Give the text a reader should see, with the dateline lifted and every removal recorded.

    «إيلاف من لندن: تستعد العاصمة…&» gives dateline «لندن», agency «إيلاف», one removal `dateline`, one
    `stray_ampersand`. Offsets of removals are code points of `text`. `names` are the outlet's own names: they count as
    sources in a dateline. `mirror`: the text comes from an archive that loses the spaces around names («العراقوسوريا»), which
    are put back. Paragraphs stay separated as they came, by one line break or one empty line. Linear in the
    length; raises nothing on any str.
    """
    draft = Draft(text)
    _mend_characters(draft)
    if mirror:
        part_glued_words(draft)
    drop_blocks(draft)
    tail_agency = lift_tail(draft)
    dateline, agency = lift_dateline(draft, tuple(names))
    characters.drop_stray_ampersands(draft)
    characters.tidy_white_space(draft)
    return Cleaned(draft.text, draft.removals(), dateline, agency or tail_agency)


def clean_title(title: str, *, mirror: bool = False) -> Cleaned:
    """Give a headline on one line, without entities, invisible marks, stretched letters or stray «&».

    `mirror`: as for `clean`.
    """
    draft = Draft(title)
    _mend_characters(draft)
    if mirror:
        part_glued_words(draft)
    characters.join_lines(draft)
    return Cleaned(draft.text, draft.removals())


def restore(cleaned: Cleaned) -> str:
    """Give back the exact input that `clean` or `clean_title` was called with."""
    return put_back(cleaned.text, cleaned.removed)


def _mend_characters(draft: Draft) -> None:
    characters.decode_entities(draft)
    characters.drop_markup(draft)
    characters.plain_spaces(draft)
    characters.drop_invisible(draft)
    characters.drop_stray_ampersands(draft)
    characters.drop_tatweel(draft)
    characters.tidy_white_space(draft)
