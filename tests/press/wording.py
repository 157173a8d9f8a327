"""How each outlet writes a day: weekday, month names of its country, digits, and the Hijri day beside it."""

from __future__ import annotations

from datetime import date, datetime

from hijridate import Gregorian

WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
MONTHS: dict[str, tuple[str, ...]] = {
    "common": tuple("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()),
    "levant": (
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
        "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
    ),
    "morocco": tuple("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()),
    "tunisia": tuple("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()),
}  # fmt: skip
HIJRI_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def arabic_digits(text: str) -> str:
    """Write the digits of `text` as Arabic-Indic ones: «2017» becomes «٢٠١٧»."""
    return text.translate(_ARABIC_DIGITS)


def day(moment: date, months: str) -> str:
    """Write a day with its weekday, e.g. «الأربعاء 22 آذار/مارس 2017» for the style "double"."""
    if months == "double":
        month = f"{MONTHS['levant'][moment.month - 1]}/{MONTHS['common'][moment.month - 1]}"
    else:
        month = MONTHS[months][moment.month - 1]
    return f"{WEEKDAYS[moment.weekday()]} {moment.day} {month} {moment.year}"


def clock(moment: datetime) -> str:
    """Write the time of day in 24 hours, e.g. «09:05»."""
    return f"{moment:%H:%M}"


def hijri_day(moment: date) -> str:
    """Write the Hijri day of the Umm al-Qura calendar, e.g. «23 جمادى الآخرة 1438هـ»."""
    hijri = Gregorian(moment.year, moment.month, moment.day).to_hijri()
    return f"{hijri.day} {HIJRI_MONTHS[hijri.month - 1]} {hijri.year}هـ"
