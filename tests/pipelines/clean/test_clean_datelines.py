"""A dateline is a fact (where the report was written) and noise for the tagger; a sentence's subject is neither."""

from __future__ import annotations

import pytest

from pipelines.clean import clean, restore

REPORT = "قال مسؤول إن وزراء التحالف سيجتمعون الشهر المقبل لبحث المرحلة التالية من الحملة."


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("إيلاف من لندن: ", "لندن", "إيلاف"),
        ("واشنطن - رويترز\n", "واشنطن", "رويترز"),
        ("واشنطن - رويترز ", "واشنطن", "رويترز"),
        ("واشنطن – رويترز: ", "واشنطن", "رويترز"),
        ("باريس (أ ف ب) - ", "باريس", "أ ف ب"),
        ("باريس ـ (د ب أ) ", "باريس", "د ب أ"),
        ("بيروت – أ.ف.ب – ", "بيروت", "أ.ف.ب"),
        ("بغداد/ ", "بغداد", None),
        ("بغداد / المدى\n", "بغداد", "المدى"),
        ("عمّان 15 تشرين الثاني (بترا) – ", "عمّان", "بترا"),
        ("القاهرة في 12 مارس /أ ش أ/ ", "القاهرة", "أ ش أ"),
        ("واشنطن 9 مارس 2017 /رويترز/ ", "واشنطن", "رويترز"),
        ("دمشق، سوريا (CNN) -- ", "دمشق", "CNN"),
        ("أربيل (العراق) (أ ف ب) - ", "أربيل", "أ ف ب"),
        ("رويترز- إسطنبول: ", "إسطنبول", "رويترز"),
        ("واشنطن 15 شوال 1436 هـ الموافق 31 يوليو 2015 م واس\n", "واشنطن", "واس"),
        ("الرياض ١٥ ذو القعدة ١٤٤٤هـ الموافق ٤ يونيو ٢٠٢٣م - ", "الرياض", None),
        ("مراكش (مرسال) – ", "مراكش", "مرسال"),
        ("واشنطن | ", "واشنطن", None),
        ("واس – جدة: ", "جدة", "واس"),
        ("بروكسل – «القدس العربي»: ", "بروكسل", "القدس العربي"),
        ("لندن: ", "لندن", None),
        ("لندن: سلمى الراوي\n", "لندن", None),
        ("سالم الحداد - وكالة الرافدين - الموصل: ", "الموصل", "وكالة الرافدين"),
        ("(رويترز) - ", None, "رويترز"),
        ("رويترز: ", None, "رويترز"),
        ("موسكو (تاس). ", "موسكو", "تاس"),
        ("واشنطن،&nbsp;بغداد – رويترز، أ ف ب: ", "واشنطن", "رويترز"),
    ],
)
def test_a_dateline_is_lifted_whole(head: str, place: str | None, agency: str | None) -> None:
    cleaned = clean(head + REPORT)
    assert (cleaned.dateline, cleaned.agency) == (place, agency)
    assert cleaned.text == REPORT
    assert restore(cleaned) == head + REPORT


@pytest.mark.parametrize(
    "text",
    [
        "واشنطن التي تستضيف الاجتماع دعت جميع الأعضاء.",
        "بدأت مفاعيل الاتفاق الأميركي - التركي حول القاعدة الجوية.",
        "أعلنت واشنطن، أمس (الجمعة)، أن الاجتماع سيعقد في موعده.",
        "نفت الحكومة: لا صحة للأنباء.",
        "العراق: مقتل خمسة في هجوم غرب الموصل.",
        "قالت محطة (النهر) التركية إن الاجتماع سيعقد غدا.",
        "لندن",
        "الحياة في الموصل – بعد الحرب – صعبة.",
    ],
)
def test_a_sentence_that_only_looks_like_one_stays(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == text
    assert cleaned.dateline is None
    assert cleaned.agency is None


def test_a_dateline_below_the_lead_is_found_there() -> None:
    lead = "وزراء الخارجية التقوا اليوم في مقر الخارجية الأميركية، والبيان الختامي يتعهد بمواصلة الحملة."
    cleaned = clean(f"{lead}\nواشنطن | {REPORT}")
    assert (cleaned.dateline, cleaned.text) == ("واشنطن", f"{lead}\n{REPORT}")


def test_a_person_is_not_an_agency() -> None:
    cleaned = clean("محمد الهاشمي من بغداد: " + REPORT)
    assert (cleaned.dateline, cleaned.agency) == ("بغداد", None)


def test_the_outlet_s_own_name_counts_as_a_source() -> None:
    cleaned = clean("صدى المشرق – لندن: " + REPORT, names=["صدى المشرق"])
    assert (cleaned.dateline, cleaned.agency) == ("لندن", "صدى المشرق")


@pytest.mark.parametrize(
    ("tail", "agency"),
    [
        (" (أ ف ب)", "أ ف ب"),
        (" (أ.ف.ب).", "أ.ف.ب"),
        ("--(بترا)", "بترا"),
        ("\n--(بترا)", "بترا"),
        ("\n(رويترز)", "رويترز"),
        ("\nالمصدر: رويترز", "رويترز"),
        (" (رويترز، أ ف ب)", "رويترز، أ ف ب"),
        (" - رويترز", "رويترز"),
        (" // انتهى //", None),
    ],
)
def test_an_agency_tail_is_taken_off(tail: str, agency: str | None) -> None:
    cleaned = clean(REPORT + tail)
    assert cleaned.text == REPORT
    assert cleaned.agency == agency
    assert "agency_tail" in {row.reason for row in cleaned.removed}
    assert restore(cleaned) == REPORT + tail


def test_brackets_that_end_a_sentence_stay() -> None:
    text = "سيطرت القوات على البلدة (جنوب شرقي الموصل)."
    assert clean(text).text == text
