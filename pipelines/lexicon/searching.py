"""Words and names that one reader writes one way and the next outlet another: what a search looks for besides.

Each line holds the ways of saying one thing, parted by |. Spellings that folding and stemming join already («سوريا» and
«سورية», «أميركا» and «أمريكا») need no line; the spellings of cities come from pipelines/lexicon/places.py.
A way of more than one word stands for those words in a row.
"""

from __future__ import annotations

# Written together with the word they precede, and not taken off by the stemmer.
PREPOSITIONS = "بل"
# One thing under two names: the reader is told, and may switch it off.
SYNONYMS = (
    "داعش|تنظيم الدولة|الدولة الإسلامية",
    "التحالف الدولي|الائتلاف الدولي",
    "حلف شمال الأطلسي|الحلف الأطلسي|الناتو",
    "الإنتربول|الشرطة الدولية",
    "المجموعة المصغرة|المجموعة الصغيرة|المجموعة الضيقة",
    "المديرون السياسيون|المدراء السياسيون",
)
# Months in the names of Cairo and the Gulf, of the Levant, and of the Maghreb.
MONTHS = (
    "يناير|كانون الثاني|جانفي",
    "فبراير|شباط|فيفري",
    "مارس|آذار",
    "أبريل|نيسان|أفريل",
    "مايو|أيار|ماي",
    "يونيو|حزيران|جوان|يونيه",
    "يوليو|تموز|جويلية|يوليوز|يوليه",
    "أغسطس|آب|غشت|أوت",
    "سبتمبر|أيلول|شتنبر",
    "أكتوبر|تشرين الأول",
    "نوفمبر|تشرين الثاني|نونبر",
    "ديسمبر|كانون الأول|دجنبر",
)
NAMES = (
    "تيلرسون|تيليرسون|تلرسون",
    "ماكغورك|ماكغيرك|مكغورك|ماكجورك|ماكجيرك",
    "جنتيلوني|جينتيلوني",
    "لوكسمبورغ|لوكسمبورج|لكسمبورغ",
    "الدنمارك|الدانمارك|الدانمرك",
    "النرويج|النروج",
)
