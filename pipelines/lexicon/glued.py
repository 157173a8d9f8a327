"""What a mirror's automatic links glue to the names of places and bodies: data of pipelines/clean/glued.py.

The archives of the Sahafa family (sauress, masress, djazairess …) link the names of countries and bodies and lose the
spaces there: «الولاياتالمتحدة», «العراقوسوريا», «فيالعراق». Names of places, people and members stand in the other lexicons.
"""

from __future__ import annotations

# Bodies beside the coalition's members and the places of the lexicon.
NAMES = (
    "الأمم المتحدة", "مجلس الأمن", "مجلس الأمن الدولي", "التحالف الدولي", "مجلس التعاون", "مجلس التعاون الخليجي",
    "الجيش السوري", "الجيش العراقي", "البيت الأبيض", "تنظيم داعش", "الدولة الإسلامية", "تنظيم الدولة الإسلامية",
    "تنظيم القاعدة", "حزب الله", "إقليم كردستان", "كردستان العراق", "الشرق الأوسط", "داعش", "كردستان",
)  # fmt: skip
# Words that stand before a name, and glued to one make no word of their own.
BEFORE = ("في", "من", "إلى", "على", "عن", "مع", "بين", "ضد", "بعد", "قبل", "حول", "داخل")
# Words that stand after a name of five letters or more; «المصرفي» and «العراقان» show why not after any, and why not all.
AFTER = ("في", "من", "إلى", "على", "عن", "مع", "بعد", "قبل", "ضد", "حيث", "التي", "الذي")
# Names that are also written as one word.
ONE_WORD = (
    "رام الله",
    "أبو بكر",
    "أبو ظبي",
    "إسلام أباد",
    "إسلام آباد",
    "نيو دلهي",
    "كوالا لمبور",
    "مكسيكو سيتي",
)
