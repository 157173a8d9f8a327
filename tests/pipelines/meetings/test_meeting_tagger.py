"""The tagger's promises: it never raises, cuts its spans out of the text, keeps doubt as doubt and reports as reported."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import DateMention
from pipelines.meetings import tag_meetings
from pipelines.meetings.document import LONGEST_SENTENCE
from pipelines.places import AMMAN_OR_OMAN

DAY = date(2017, 3, 10)
WORDS = (
    "اجتماع الاجتماع اجتماعهم اجتماعين لقاء يجتمع اجتمعت تستضيف التحالف الدولي ضد داعش وزراء خارجية دفاع في باريس روما واشنطن عمان الكويت يوم 22 "
    "مارس 2017 الجاري أمس غدا ، . ؛ « » ( ) و مع بين مجموعة العمل المصغرة على مستوى أرجئ ألغي 68 دولة أعضاء الناتو إلى الذي كان مقررا \n & \u202e \u0640 \u064f"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from([DAY, None]))
def test_any_order_of_its_words_is_survived_and_every_span_is_cut_out_of_the_text(
    words: list[str], day: date | None
) -> None:
    text = " ".join(words)
    for mention in tag_meetings("", text, day):
        assert text[mention.start : mention.end] == mention.text
        assert mention.sentence in text
        assert (mention.first is None) == (mention.last is None) == (mention.grain is None)
        assert 0 < mention.confidence < 1
        for start, end in mention.also_at:
            assert 0 <= start < end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_arbitrary_text_never_raises(text: str) -> None:
    tag_meetings(text, "التحالف الدولي ضد داعش اجتماع " + text, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "التحالف ضد داعش اجتماع \ud800 في روما",
        "التحالف الدولي ضد داعش اجتماع " + "1" * 100_000,
        "يعقد التحالف الدولي ضد داعش اجتماعا في باريس يوم 22 مارس و" * 300,
        "اجتماع التحالف الدولي ضد داعش " * 800,
    ],
    ids=["lone surrogate", "digits", "one endless sentence", "nothing but meetings"],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    for mention in tag_meetings("", text, DAY):
        assert text[mention.start : mention.end] == mention.text
        assert len(mention.sentence) <= LONGEST_SENTENCE


def test_without_the_day_of_publication_nothing_is_guessed() -> None:
    text = "يعقد التحالف الدولي ضد داعش اجتماعا وزاريا في واشنطن يوم 22 مارس."
    (mention,) = tag_meetings("", text, None)
    assert (mention.first, mention.grain, mention.known_id) == (None, None, None)
    assert mention.needs_review
    assert mention.date_text == "يوم 22 مارس"


def test_dates_that_are_tagged_already_are_used_as_they_are() -> None:
    text = "يعقد التحالف الدولي ضد داعش اجتماعا وزاريا في واشنطن في يوم قريب."
    given_day = DateMention(
        text.index("يوم قريب"),
        text.index("يوم قريب") + 8,
        "يوم قريب",
        "2017-03-22",
        date(2017, 3, 22),
        date(2017, 3, 22),
        "day",
        "given",
    )
    (mention,) = tag_meetings("", text, DAY, dates=[given_day])
    assert mention.known_id == "2017-03-22-washington-ministerial"


def test_a_meeting_that_only_the_title_names_stands_at_nought() -> None:
    title = "68 دولة من التحالف الدولي ضد داعش تجتمع في واشنطن في 22 مارس"
    (mention,) = tag_meetings(title, "قال الوزير إن هزيمة داعش أولوية.", DAY)
    assert (mention.start, mention.end) == (0, 0)
    assert mention.text in title
    assert (str(mention.first), mention.city, mention.member_count) == ("2017-03-22", "Washington", 68)


def test_an_edited_table_of_known_meetings_is_obeyed() -> None:
    text = "يعقد التحالف الدولي ضد داعش اجتماعا وزاريا في واشنطن يوم 22 مارس الجاري."
    assert tag_meetings("", text, DAY, known=())[0].link == "none"


def test_amman_without_a_hint_is_amman_with_a_doubt() -> None:
    text = "يعقد المديرون السياسيون في التحالف الدولي ضد داعش اجتماعا في عمان يوم 22 مارس الجاري."
    (mention,) = tag_meetings("", text, DAY)
    assert mention.city == "Amman"
    assert mention.needs_review is not None
    assert AMMAN_OR_OMAN in mention.needs_review


def test_the_small_group_without_a_rank_says_so() -> None:
    text = "تجتمع المجموعة المصغرة للتحالف الدولي ضد داعش في أوسلو يوم 22 مارس الجاري."
    (mention,) = tag_meetings("", text, DAY)
    assert mention.level == "ministerial_foreign_small_group"
    assert mention.needs_review is not None
    assert "rank" in mention.needs_review


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("تستضيف إيطاليا في روما يوم 22 مارس الجاري اجتماعا لوزراء دفاع التحالف الدولي ضد داعش.", "Italy"),
        (
            "يعقد التحالف الدولي ضد داعش اجتماعا يوم 22 مارس الجاري في مقر الخارجية الأميركية.",
            "United States",
        ),
        ("يعقد التحالف الدولي ضد داعش اجتماعا في برلين يوم 22 مارس الجاري بدعوة من ألمانيا.", "Germany"),
        ("يعقد التحالف الدولي ضد داعش اجتماعا في جنيف يوم 22 مارس الجاري.", None),
    ],
)
def test_the_host_is_who_invites_or_whose_house_it_is(text: str, host: str | None) -> None:
    (mention,) = tag_meetings("", text, DAY)
    assert mention.host == host


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("بمشاركة 68 دولة", 68),
        ("بمشاركة ثماني وستين دولة", 68),
        ("بحضور الدول الـ68 الأعضاء", 68),
        ("بحضور أعضائه الثمانية والستين", 68),
        ("ليصبح عدد الأعضاء 68", 68),
        ("بعد انضمام ليبيا العضو الثامن والستين", 68),
        ("بمشاركة ٦٨ عضوا", 68),
        ("بعد مقتل 68 مسلحا", None),
        ("بكلفة 68 مليون دولار", None),
        ("برئاسة دولتين", None),
    ],
)
def test_members_are_counted_and_nothing_else(words: str, count: int | None) -> None:
    text = f"عقد التحالف الدولي ضد داعش اجتماعا وزاريا في برلين أمس {words}."
    (mention,) = tag_meetings("", text, DAY)
    assert mention.member_count == count


def test_members_and_participants_are_two_numbers() -> None:
    text = "عقدت في روما أمس المجموعة المصغرة للتحالف الدولي ضد داعش، البالغ عدد أعضائه 66، اجتماعا وزاريا بمشاركة 23 دولة."
    (mention,) = tag_meetings("", text, DAY)
    assert (mention.member_count, mention.participants) == (66, 23)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("سيعقد التحالف الدولي ضد داعش اجتماعا في روما يوم 22 مارس.", "announced"),
        ("من المقرر عقد اجتماع للتحالف الدولي ضد داعش في روما يوم 22 مارس.", "announced"),
        ("يعقد التحالف الدولي ضد داعش اجتماعا في روما اليوم.", "ongoing"),
        ("انطلق اجتماع التحالف الدولي ضد داعش في روما اليوم.", "ongoing"),
        ("اختتم اجتماع التحالف الدولي ضد داعش في روما اليوم.", "held"),
        ("عقد التحالف الدولي ضد داعش اجتماعا في روما أمس.", "held"),
        ("أرجئ اجتماع التحالف الدولي ضد داعش الذي كان مقررا في روما يوم 22 مارس.", "postponed"),
        ("تأجيل اجتماع التحالف الدولي ضد داعش المقرر في روما يوم 22 مارس.", "postponed"),
        ("ألغت إيطاليا اجتماع التحالف الدولي ضد داعش المقرر في روما يوم 22 مارس.", "cancelled"),
        ("عقد اجتماع التحالف الدولي ضد داعش في روما أمس في موعده خلافا لما قيل عن إلغائه.", "held"),
    ],
)
def test_status_comes_from_the_words_and_the_days(text: str, status: str) -> None:
    (mention,) = tag_meetings("", text, DAY)
    assert mention.status == status


def test_a_meeting_put_off_to_another_day_is_on_that_day() -> None:
    text = "أرجئ اجتماع وزراء دفاع التحالف الدولي ضد داعش في أوسلو من 15 مارس إلى 22 مارس."
    (mention,) = tag_meetings("", text, DAY)
    assert (str(mention.first), str(mention.last), mention.status) == (
        "2017-03-22",
        "2017-03-22",
        "postponed",
    )


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("الذي يضم 68 دولة", None),
        ("الذي بات يضم 68 عضوا", None),
        ("بمشاركة 60 دولة", 60),
        ("وضم ممثلين عن 60 عضوا", 60),
    ],
)
def test_the_size_of_today_is_not_that_of_a_meeting_long_past(words: str, count: int | None) -> None:
    text = f"وكان وزراء خارجية التحالف الدولي ضد داعش {words} عقدوا اجتماعا في بروكسل في 3 ديسمبر 2014."
    if words.startswith(("بمشاركة", "وضم")):
        text = f"عقد في بروكسل في 3 ديسمبر 2014 اجتماع لوزراء خارجية التحالف الدولي ضد داعش {words}."
    (mention,) = tag_meetings("", text, DAY)
    assert (mention.known_id, mention.member_count) == ("2014-12-03-brussels-ministerial", count)


@pytest.mark.parametrize(
    "other",
    [
        "وعقد وزراء خارجية دول الخليج اجتماعا في الرياض يوم 20 مارس لبحث اليمن.",
        "وكان وزراء دفاع الاتحاد الأوروبي عقدوا اجتماعا في بروكسل في 6 مارس.",
        "والتقى وزير الخارجية الأميركي نظيره المصري في واشنطن يوم 21 مارس.",
        "وستعقد قمة عربية في البحر الميت يوم 29 مارس.",
        "ويجتمع وزراء مالية مجموعة العشرين في برلين في 17 مارس.",
        "واجتمع رئيس الوزراء العراقي مع الرئيس الأميركي في البيت الأبيض في 20 مارس.",
        "ويجتمع وزراء خارجية روسيا وتركيا وإيران في موسكو يوم 25 مارس.",
        "وعقد مجلس الوزراء العراقي جلسته الأسبوعية في بغداد في 21 مارس.",
        "ومن المقرر عقد اجتماع لوزراء دفاع حلف شمال الأطلسي في بروكسل في 31 مارس.",
        "وعقد رؤساء أركان تركيا والولايات المتحدة وروسيا اجتماعا في أنطاليا يوم 7 مارس.",
        "وشارك الوزير في مؤتمر ميونيخ للأمن في 17 فبراير.",
        "وعقد الوزير لقاءات ثنائية مع عدد من نظرائه في واشنطن يوم 21 مارس.",
        "وعقد المتحدث مؤتمرا صحفيا في واشنطن يوم 21 مارس.",
    ],
)
def test_other_meetings_in_an_article_about_one_of_ours_stay_out(other: str) -> None:
    text = "اختتم وزراء خارجية التحالف الدولي ضد داعش اجتماعهم في واشنطن أمس الأربعاء. " + other
    (mention,) = tag_meetings("", text, date(2017, 3, 23))
    assert mention.known_id == "2017-03-22-washington-ministerial"


def test_a_meeting_that_names_no_convener_is_ours_in_an_article_about_one_of_ours() -> None:
    text = "اختتم وزراء خارجية التحالف الدولي ضد داعش اجتماعهم في واشنطن أمس الأربعاء. وكان المديرون السياسيون اجتمعوا في برلين في 17 نوفمبر 2016."
    assert [m.known_id for m in tag_meetings("", text, date(2017, 3, 23))] == [
        "2017-03-22-washington-ministerial",
        "2016-11-17-berlin-political-directors",
    ]


@pytest.mark.parametrize(
    ("after", "whose"),
    [
        ("وزراء دفاع التحالف الدولي ضد داعش", True),
        ("عقد في روما بين وزراء دفاع دول التحالف الدولي ضد داعش", True),
        ("لبحث إعادة الاستقرار بمشاركة وزراء خارجية دول التحالف الدولي ضد داعش", True),
        ("على مستوى السفراء بطلب من تركيا العضو في التحالف الدولي ضد داعش", False),
        ("لبحث دور التحالف الدولي ضد داعش", False),
        ("للتصويت على المشاركة في التحالف الدولي ضد داعش", False),
        ("بعد تعليق التحالف الدولي ضد داعش تدريباته", False),
        ("لقيادات البيشمركة والتحالف الدولي ضد داعش", False),
        ("برئاسة وزير الخارجية، أعلنت فيه دول دعمها للتحالف الدولي ضد داعش", False),
    ],
)
def test_the_last_phrase_before_the_name_says_whose_a_meeting_is(after: str, whose: bool) -> None:
    assert bool(tag_meetings("", f"عقد أمس اجتماع {after}.", DAY)) == whose


def test_states_named_one_by_one_gather_for_themselves() -> None:
    text = "عقد وزراء خارجية العراق ومصر والأردن اجتماعا في بغداد أمس لمكافحة داعش. وأشادوا بالتحالف الدولي ضد داعش."
    assert tag_meetings("", text, DAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير أمس إن الحملة طويلة، وذلك في كلمة أمام وزراء دفاع التحالف الدولي ضد داعش في روما.",
        "قال الوزير من روما أمس إن الحملة طويلة. جاء ذلك خلال اجتماع وزراء دفاع التحالف الدولي ضد داعش.",
        "حذر الوزير أمس من عودة التنظيم. وقال لدى افتتاحه في روما اجتماعا لوزراء دفاع التحالف الدولي ضد داعش إن الحملة طويلة.",
    ],
)
def test_what_was_said_at_a_meeting_gives_it_its_day(text: str) -> None:
    (mention,) = tag_meetings("", text, DAY)
    assert (str(mention.first), mention.city, mention.level) == ("2017-03-09", "Rome", "ministerial_defence")


def test_what_was_said_does_not_date_the_meeting_it_was_said_at() -> None:
    text = "توقع الوزير، الخميس، أن تتحرر الموصل الأسبوع المقبل، وذلك أمام وزراء دفاع التحالف الدولي ضد داعش في روما."
    assert [str(m.first) for m in tag_meetings("", text, DAY)] == ["2017-03-09"]


def test_a_weekday_in_the_title_is_the_one_the_text_dates() -> None:
    title = "روما: وزراء التحالف الثلاثاء"
    text = "تحتضن روما يوم الثلاثاء 14 مارس اجتماعا لوزراء خارجية التحالف الدولي ضد داعش."
    assert {str(m.first) for m in tag_meetings(title, text, DAY)} == {"2017-03-14"}


def test_a_heading_before_two_dots_belongs_to_its_sentence() -> None:
    (mention,) = tag_meetings("", "الاثنين.. الرياض تستضيف اجتماع سفراء دول التحالف الدولي ضد داعش", DAY)
    assert (str(mention.first), mention.city) == ("2017-03-13", "Riyadh")


@pytest.mark.parametrize(
    ("text", "dateline", "city"),
    [
        ("(روما) اختتم أمس الاجتماع الوزاري للتحالف الدولي ضد داعش.", None, "Rome"),
        ("اختتم أمس الاجتماع الوزاري للتحالف الدولي ضد داعش.", "روما", "Rome"),
        ("واشنطن – يعقد وزراء التحالف الدولي ضد داعش اجتماعا في 22 مارس.", None, None),
    ],
)
def test_a_dateline_places_what_is_reported_from_there_and_nothing_to_come(
    text: str, dateline: str | None, city: str | None
) -> None:
    (mention,) = tag_meetings("", text, DAY, dateline=dateline)
    assert mention.city == city
    assert (mention.needs_review is not None) == (city is not None)


def test_a_virtual_meeting_is_nowhere() -> None:
    text = "ترأست بلجيكا من بروكسل أمس اجتماعا افتراضيا لوزراء خارجية التحالف الدولي ضد داعش."
    assert [m.city for m in tag_meetings("", text, DAY)] == [None]


def test_peers_have_the_rank_of_the_minister_named_before() -> None:
    text = "وصل وزير الدفاع الفرنسي إلى روما. ويعقد لودريان غدا اجتماعا مع نظرائه في التحالف الدولي ضد داعش."
    assert [m.level for m in tag_meetings("", text, DAY)] == ["ministerial_defence"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (
            "نفى مصدر أن تكون روما ألغت اجتماع وزراء دفاع التحالف الدولي ضد داعش المقرر فيها يوم 22 مارس",
            "announced",
        ),
        (
            "أرجأت روما اجتماع وزراء دفاع التحالف الدولي ضد داعش المقرر يوم 22 مارس، مؤكدة أنه لن يلغى",
            "postponed",
        ),
    ],
)
def test_what_is_denied_does_not_happen(words: str, status: str) -> None:
    assert [m.status for m in tag_meetings("", words + ".", DAY)] == [status]


def test_what_happens_on_the_margin_of_a_meeting_does_not_date_it() -> None:
    text = (
        "يعقد وزراء خارجية التحالف الدولي ضد داعش اجتماعا في الكويت اليوم. "
        "وعلى هامش الاجتماع تستضيف الكويت حتى الأربعاء مؤتمرا لإعادة إعمار العراق."
    )
    assert [str(m.first) for m in tag_meetings("", text, date(2018, 2, 13))] == ["2018-02-13"]


def test_words_before_an_audience_of_ministers_are_a_meeting_dated_by_the_sentence_before() -> None:
    text = (
        "واشنطن: توقع الرئيس، اليوم الأربعاء، استعادة الأراضي كلها الأسبوع المقبل. "
        "وتحدث في كلمة أمام وزراء خارجية 79 دولة في التحالف الدولي ضد داعش عن الاستقرار."
    )
    (mention,) = tag_meetings("", text, date(2019, 2, 6))
    assert (str(mention.first), mention.city, mention.level) == (
        "2019-02-06",
        "Washington",
        "ministerial_foreign_full",
    )


def test_the_event_a_meeting_follows_does_not_date_it() -> None:
    text = (
        "بدأ في لندن اليوم اجتماع لوزراء خارجية التحالف الدولي ضد داعش. "
        "ويأتي الاجتماع بعد هجمات باريس التي أوقعت عشرات القتلى بين 7 و9 يناير."
    )
    assert [str(m.first) for m in tag_meetings("", text, date(2015, 1, 22))] == ["2015-01-22"]


def test_a_bare_anaphor_makes_no_meeting_of_its_own_but_the_next_one_does() -> None:
    held = "اختتم وزراء خارجية التحالف الدولي ضد داعش اجتماعا في روما أمس. "
    other = held + "وانتقد الرئيس الاجتماع في خطاب له يوم 2 مارس."
    assert [str(m.first) for m in tag_meetings("", other, DAY)] == ["2017-03-09"]
    following = held + "ويعقد الاجتماع المقبل يوم 5 مايو."
    assert [str(m.first) for m in tag_meetings("", following, DAY)] == ["2017-03-09", "2017-05-05"]


@pytest.mark.parametrize(
    "text",
    [
        "طالب نواب بعقد قمة لقادة التحالف الدولي ضد داعش في أربيل قبل نهاية يونيو.",
        "قال الوزير أمام منتدى في المنامة أمس إن التحالف الدولي ضد داعش باق.",
        "استضافت روما أمس ورشة تدريبية لضباط من دول التحالف الدولي ضد داعش.",
        "كان التحالف الدولي ضد داعش يجتمع بوتيرة أسرع عام 2016.",
    ],
)
def test_deadlines_quotations_courses_and_habits_are_no_meetings(text: str) -> None:
    assert [m for m in tag_meetings("", text, DAY) if m.first] == []
