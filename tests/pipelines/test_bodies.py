"""What would hurt: a meeting of another alliance filed as the coalition's, or a naming of the coalition not seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.arabic import fold
from pipelines.bodies import BodyMention, find_bodies


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(m.text, m.body, m.certain) for m in find_bodies(fold(text))]


def alliances(text: str) -> list[BodyMention]:
    return [m for m in find_bodies(fold(text)) if m.flags]


@pytest.mark.parametrize(
    "naming",
    [
        "التحالف الدولي ضد داعش",
        "التحالف ضد (داعش)",
        "التحالف الدولي لمحاربة تنظيم «داعش»",
        'للتحالف الدولي للقضاء على "داعش"',
        "التحالف الدولي لهزيمة داعش",
        "التحالف الدولي ضد تنظيم ما يسمى بالدولة الإسلامية",
        "التحالف الدولى المناهض لتنظيم الدولة الاسلامية",
        "بالتحالف العالمي الذي تقوده الولايات المتحدة لقتال تنظيم داعش",
        "التحالف الذي تقوده الولاياتالمتحدة",
        "التحالف بقيادة أميركا",
        "والائتلاف الدولي",
        "الائتلاف العالمي لمكافحة داعش",
        "قواتالتحالفالدولي",
        "تحالف محاربة داعش",
        "التحالف الغربي ضد داعش",
        "التحالف، بقيادة واشنطن، ضد تنظيم الدولة",
        "ما يسمى «التحالف الدولي»",
        "التّحالُف الدّوليّ",
        "المبعوث الأميركي الخاص للتحالف",
        "قوة المهام المشتركة - عملية العزم الصلب",
        "التحالف الذي يقود العملية العسكرية ضد تنظيم الدولة الإسلامية",
    ],
)
def test_every_naming_of_the_coalition_is_its_own(naming: str) -> None:
    mentions = [m for m in find_bodies(fold(f"قال الوزير إن {naming} باق.")) if m.body != "isis"]
    assert [(m.body, m.certain) for m in mentions] == [("coalition", True)]


@pytest.mark.parametrize(
    ("naming", "slug"),
    [
        ("التحالف العربي في اليمن", "saudi_led_yemen"),
        ("التحالف الذي تقوده السعودية", "saudi_led_yemen"),
        ("تحالف دعم الشرعية في اليمن", "saudi_led_yemen"),
        ("التحالف الدولي الذي تقوده المملكة", "saudi_led_yemen"),
        ("التحالف الإسلامي العسكري لمحاربة الإرهاب", "islamic_military"),
        ("الائتلاف الوطني السوري", "syrian_opposition"),
        ("الائتلاف الوطني لقوى الثورة والمعارضة السورية", "syrian_opposition"),
        ("الائتلاف الوطني العراقي", "electoral"),
        ("ائتلاف دولة القانون", "electoral"),
        ("الائتلاف الحكومي", "electoral"),
        ("التحالف الدولي لتنفيذ حل الدولتين", "two_state"),
        ("التحالف الدولي لأمن وحماية الملاحة البحرية", "maritime"),
        ("التحالف الدولي لتحرير الكويت", "gulf_1991"),
        ("سلطة الائتلاف المؤقتة", "iraq_2003"),
        ("التحالف الرباعي", "russian"),
        ("التحالف من أجل الساحل", "sahel"),
        ("المجموعة المصغرة بشأن سوريا", "small_group_on_syria"),
        ("المنتدى العالمي لمكافحة الإرهاب", "gctf"),
        ("حلف شمال الأطلسي", "nato"),
        ("مجلس الأمن الدولي", "security_council"),
        ("الأمم المتحدة", "un"),
        ("مجموعة السبع", "g7"),
        ("التحالف الدولي لمكافحة التصحر", "other"),
        ("التحالف العالمي للقاحات", "other"),
    ],
)
def test_every_rival_has_its_own_name(naming: str, slug: str) -> None:
    assert [(body, certain) for _, body, certain in found(naming)] == [(f"rival:{slug}", True)]


def test_the_united_kingdom_is_not_the_kingdom() -> None:
    assert found("التحالف الدولي بقيادة المملكة المتحدة")[0][1] == "coalition"


@pytest.mark.parametrize(
    "text",
    [
        "تنظيم «الدولة الإسلامية»",
        "تنظيم ما يسمى بالدولة الإسلامية",
        "الدواعش",
        "لداعش",
        "تنظيمداعش",
        "دولة الخلافة المزعومة",
        "ISIS",
    ],
)
def test_isis_is_found_under_all_its_names(text: str) -> None:
    assert [body for _, body, _ in found(text)] == ["isis"]


def test_the_idea_of_an_islamic_state_is_not_isis() -> None:
    assert found("يناقش الكتاب الدولة الإسلامية عند الفقهاء") == []


def test_plurals_allies_and_possessives_are_no_bodies() -> None:
    assert found("تتبدل التحالفات والحلفاء، وتحالفاته القبلية، وحليفنا القديم") == []


def test_an_alliance_as_an_idea_is_nobodys_name() -> None:
    assert [body for _, body, _ in found("ترفض أنقرة أي تحالف مع الوحدات، وكل تحالف بين الطرفين")] == [
        "rival:other",
        "rival:other",
    ]


def test_a_bare_noun_without_context_stays_undecided() -> None:
    assert found("قرر التحالف التأجيل") == [("التحالف", "coalition?", False)]


def test_a_bare_noun_takes_the_only_body_the_article_names() -> None:
    title = "ضربات التحالف تقطع الطريق\n\nقال التحالف الدولي ضد داعش إن الطريق قطع."
    assert [(m.body, m.certain) for m in alliances(title)] == [("coalition", False), ("coalition", True)]


def test_a_bare_noun_takes_the_nearest_of_two() -> None:
    text = (
        "اجتمع التحالف الدولي ضد داعش في باريس، وقال التحالف إنه باق. "
        "وفي عدن قصف التحالف العربي مواقع الحوثيين، ثم أعلن التحالف هدنة."
    )
    assert [m.body for m in alliances(text)] == [
        "coalition",
        "coalition",
        "rival:saudi_led_yemen",
        "rival:saudi_led_yemen",
    ]


def test_a_bare_noun_keeps_to_its_lemma() -> None:
    text = (
        "قال الائتلاف الوطني السوري إن التحالف الدولي ضد داعش أخطأ. وطالب الائتلاف بتحقيق، ووعد التحالف به."
    )
    assert [m.body for m in alliances(text)] == [
        "rival:syrian_opposition",
        "coalition",
        "rival:syrian_opposition",
        "coalition",
    ]


def test_the_seeds_coalition_is_taken_up_by_the_other_lemma() -> None:
    text = "اجتماع التحالف ضد (داعش) في واشنطن يناقش أولويات جهود الائتلاف."
    assert [m.body for m in alliances(text)] == ["coalition", "coalition"]


def test_planes_are_never_a_party_lists() -> None:
    text = "قال نائب عن التحالف الوطني إن داعش انسحب بعد غارات للتحالف."
    assert [m.body for m in alliances(text)] == ["rival:electoral", "coalition"]


def test_the_war_told_of_decides_a_bare_coalition() -> None:
    assert alliances("شن طيران التحالف غارات على مواقع الحوثيين في صعدة")[0].body == "rival:saudi_led_yemen"
    assert alliances("شن طيران التحالف غارات على مواقع داعش في تلعفر")[0].body == "coalition"
    assert alliances("قوات التحالف تداهم منازل أتباع الزرقاوي")[0].body == "rival:iraq_2003"


def test_an_older_international_coalition_is_not_ours() -> None:
    text = "قادت الولايات المتحدة التحالف الدولي بعد غزو الكويت عام 1990"
    assert [(m.body, m.certain) for m in alliances(text)] == [("rival:gulf_1991", False)]


def test_the_years_of_our_coalition_outweigh_a_remembered_war() -> None:
    text = "بعد عشرين عاما على غزو العراق في 2003 تبحث بغداد مع التحالف الدولي جدول انسحاب ينتهي عام 2026."
    assert alliances(text)[0].body == "coalition"


def test_the_international_alliance_introduced_first_keeps_the_short_name() -> None:
    text = "اجتمع التحالف الدولي لتنفيذ حل الدولتين. وقال التحالف الدولي إن داعش ليس على جدوله."
    assert [m.body for m in alliances(text)] == ["rival:two_state", "rival:two_state"]


def test_offsets_are_those_of_the_folded_text() -> None:
    text = fold("قـال التّحالف الدّولي ضدّ (داعش) أمس")
    mention = find_bodies(text)[0]
    assert text.text[mention.start : mention.end] == mention.text == "التحالف الدولي ضد (داعش)"
    start, end = text.span(mention.start, mention.end)
    assert "قـال التّحالف الدّولي ضدّ (داعش) أمس"[start:end] == "التّحالف الدّولي ضدّ (داعش)"


def test_a_particle_is_not_part_of_the_naming() -> None:
    assert [text for text, _, _ in found("وبالتحالف الدولي")] == ["التحالف الدولي"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "التحالف",
                "تحالف",
                "الدولي",
                "ضد",
                "داعش",
                "الائتلاف",
                "الوطني",
                "السوري",
                "بقيادة",
                "السعودية",
                "«",
                ")",
                "،",
                "\n",
                "و",
                ".",
            ]
        ),
        max_size=30,
    ).map(" ".join)
)
def test_mentions_are_in_order_apart_and_as_written(text: str) -> None:
    folded = fold(text)
    end = 0
    for mention in find_bodies(folded):
        assert end <= mention.start < mention.end <= len(folded.text)
        assert folded.text[mention.start : mention.end] == mention.text
        assert mention.body in ("coalition", "coalition?", "isis") or mention.body.startswith("rival:")
        end = mention.end


def test_who_chairs_a_meeting_does_not_lead_the_alliance() -> None:
    text = "اجتمعت مجموعة مكافحة تمويل داعش التابعة للتحالف، برئاسة المملكة العربية السعودية وإيطاليا والولايات المتحدة."
    assert [m.body for m in find_bodies(fold(text)) if m.flags] == ["coalition"]
    yemen = "قالت قوات التحالف، بقيادة السعودية، إنها قصفت مواقع للحوثيين في اليمن."
    assert [m.body for m in find_bodies(fold(yemen)) if m.flags] == ["rival:saudi_led_yemen"]


def test_party_leaders_are_no_commanders() -> None:
    text = "اجتماع مرتقب لقادة الائتلاف. وقال قيادي في ائتلاف النصر إن البلاد خرجت من الحرب على داعش."
    assert "coalition" not in [m.body for m in find_bodies(fold(text))]


def test_working_group_on_finance_is_the_coalitions_own() -> None:
    text = "أنهت مجموعة العمل المعنية بمكافحة تمويل تنظيم «داعش» اجتماعها الثالث."
    assert "coalition" in [m.body for m in find_bodies(fold(text))]
