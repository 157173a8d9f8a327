"""What may stand around an Arabic word, and the words that only look as if it did: data of pipelines/stemming.py.

The affixes are those of Larkey, Ballesteros and Connell (2007); words and affixes are written folded.
"""

from __future__ import annotations

# و or ف before the article, with or without بـ and كـ; «لل» is the article after لـ.
ARTICLE = r"[وف]?(?:[بك]?ال|لل)"
MERGED_ARTICLE = "لل"
POSSESSIVE = r"(?:(?<!ا)ت(?:ها|هم|ه)|ها|ه)$"
POSSESSIVE_PLURAL = r"هم$"
NUMBER = r"(?:ان|ات|ون|ين)$"
COUNTRY = r"(?<=ي)ا$"  # سوريا and سورية, ليبيا and ليبي
CONJUNCTION = "و"

# Stems whose first letter is their own and no conjunction; words of three letters are safe by their length.
OWN_WAW = frozenset({
    "وزير", "وزراء", "وزار", "وزاري", "واشنطن", "ولاي", "وكال", "وكيل", "وكلاء", "وفود",
    "وقود", "وقاي", "وقوع", "وقوف", "وثيق", "وثايق", "وحدات", "وحيد", "وطني", "وطنيون",
    "وطن", "واحد", "واسع", "واضح", "واقع", "واقعي", "وافق", "واجه", "واصل", "وارد",
    "واجب", "واجبات", "واسط", "وسيط", "وسطاء", "وسايل", "وسيل", "وساط", "وسام", "وصول",
    "وضوح", "وضعي", "وظيف", "وظايف", "وفاق", "وجود", "وجوه", "وجه", "وديع", "ودايع",
    "وراء", "وشيك", "وعود", "وقايع", "وقت", "وقتي", "وليد", "ولايات",
})  # fmt: skip
# «لل» before these is لـ and the word's own ل: للقاء, للجنة, للاجئين.
OWN_LAM = (
    "لقاء", "لقايي", "لجن", "لجان", "لاجي", "لاجو", "لبنان", "ليبي", "لندن", "لواء",
    "لغ", "لوزان", "لوكسمبورغ",
)  # fmt: skip
# Two spellings of one name that folding can't join.
VARIANTS = (("اميرك", "امريك"),)
