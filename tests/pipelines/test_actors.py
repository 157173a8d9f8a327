"""Actors: the right person behind a spelling, nobody behind a doubtful one, and offsets that give the words back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipelines.actors import ACTORS, article_rows, find_actors, put_actors
from pipelines.archive import open_archive
from pipelines.ingest import ingest
from pipelines.reread import reread
from pipelines.store import delete_article


def named(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(one.actor, one.text) for one in find_actors(title, text)]


@pytest.mark.parametrize(
    ("text", "actor", "words"),
    [
        ("وصل ريكس تيلرسون إلى بغداد", "rex-tillerson", "ريكس تيلرسون"),
        ("وقال تيليرسون إن الحملة مستمرة", "rex-tillerson", "تيليرسون"),
        ("زيارة تيلّرسون الأولى", "rex-tillerson", "تيلّرسون"),
        ("التقى بماكغورك أمس", "brett-mcgurk", "ماكغورك"),
        ("قال المبعوث بريت ماكغيرك", "brett-mcgurk", "بريت ماكغيرك"),
        ("إدارة الرئيس ترمب", "donald-trump", "ترمب"),
        ("وخلافًا لترامب رأى آخرون", "donald-trump", "ترامب"),
        ("الرئيس الفرنسي فرانسوا أولاند", "francois-hollande", "فرانسوا أولاند"),
        ("جان-إيف لودريان في باريس", "jean-yves-le-drian", "جان-إيف لودريان"),
        ("زعيم التنظيم أبي بكر البغدادي", "abu-bakr-al-baghdadi", "أبي بكر البغدادي"),
        ("مقر الحلف الأطلسي", "nato", "الحلف الأطلسي"),
        ("وممثل عن الإنتربول", "interpol", "الإنتربول"),
        ("مندوب سورية لدى المنظمة", "syria", "سورية"),
        ("وفود من بوركينا فاسو", "burkina-faso", "بوركينا فاسو"),
    ],
)  # fmt: skip
def test_spellings_name_their_actor(text: str, actor: str, words: str) -> None:
    assert (actor, words) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "قال كارتر إن الخطة جاهزة",
        "دعا الرئيس الأسبق جيمي كارتر إلى السلام، وأضاف كارتر أن الوقت ضيق",
        "وزير الدفاع الإسرائيلي إيهود باراك، وقال باراك",
        "رحب العبادي بالضيوف",
        "حضرت ميلانيا ترامب الحفل",
        "نجوم المنتخب في المطار",
        "قال الوزير الأميركي في العاصمة واشنطن",
        "قالت المملكة إنها ستشارك",
        "قوات سوريا الديمقراطية",
        "دول المغرب العربي",
        "مدرسة للبنين",
        "الجامعة العربية المفتوحة",
        "",
    ],
)  # fmt: skip
def test_doubtful_names_name_nobody(text: str) -> None:
    assert named(text) == []


def test_surname_names_the_one_who_was_named_in_full_before() -> None:
    assert named("أضاف كارتر، ثم قال آشتون كارتر، وعاد كارتر ليقول") == [
        ("ash-carter", "آشتون كارتر"),
        ("ash-carter", "كارتر"),
    ]
    assert named("وقال العبادي أمس", title="حيدر العبادي في واشنطن") == [
        ("haider-al-abadi", "حيدر العبادي"),
        ("haider-al-abadi", "العبادي"),
    ]


def test_surname_of_two_people_names_neither() -> None:
    text = "التقى آشتون كارتر الرئيس الأسبق جيمي كارتر، ثم قال كارتر إنه متفائل"
    assert named(text) == [("ash-carter", "آشتون كارتر")]


def test_first_name_of_another_is_not_taken_for_a_surname() -> None:
    text = "توم باراك عمل في عهد باراك أوباما، وقال باراك إن سوريا حاضرة"
    assert named(text) == [
        ("tom-barrack", "توم باراك"),
        ("barack-obama", "باراك أوباما"),
        ("tom-barrack", "باراك"),
        ("syria", "سوريا"),
    ]


def test_a_namesake_in_full_is_not_the_one_who_was_named_before() -> None:
    text = "خلف أبو بكر البغدادي سلفه أبو عمر البغدادي، ثم ظهر البغدادي"
    assert [words for actor, words in named(text) if actor == "abu-bakr-al-baghdadi"] == [
        "أبو بكر البغدادي",
        "البغدادي",
    ]


def test_the_kingdom_is_the_one_that_was_named() -> None:
    assert named("أعلن الأردن أن المملكة ستستضيف الاجتماع")[-1] == ("jordan", "المملكة")
    assert named("المغرب والسعودية، وقالت المملكة") == [
        ("morocco", "المغرب"),
        ("saudi-arabia", "السعودية"),
    ]
    assert named("السعودية، أي المملكة العربية السعودية")[1:] == [
        ("saudi-arabia", "المملكة العربية السعودية")
    ]


def test_the_name_of_isis_names_no_state() -> None:
    assert named("وتنظيم الدولة الإسلامية في العراق والشام يتراجع في سورية") == [
        ("islamic-state", "تنظيم الدولة الإسلامية في العراق والشام"),
        ("syria", "سورية"),
    ]


def test_offsets_give_the_words_back_through_marks_and_clitics() -> None:
    title, text = "تِيلِرسون في الكويت", "قالَ «وَتيلـرسون» ولِلأردن رأي، وللاتحاد الأوروبي آخر"
    mentions = find_actors(title, text)
    assert {one.actor for one in mentions} == {"rex-tillerson", "kuwait", "jordan", "european-union"}
    assert [one.where for one in mentions] == ["title", "title", "text", "text", "text"]
    for one in mentions:
        assert (title if one.where == "title" else text)[one.start : one.end] == one.text
    assert text[mentions[2].start : mentions[2].end] == "تيلـرسون"


def test_a_long_hostile_text_is_read_in_proportion() -> None:
    text = "المملكة آشتون كارتر جيمي كارتر كارتر سوريا داعش " * 4_000
    mentions = find_actors("", text)
    # Both were named before each «كارتر», so only the full name counts.
    assert sum(one.actor == "ash-carter" for one in mentions) == 4_000
    assert sum(one.actor == "syria" for one in mentions) == 4_000


def test_ids_are_readable_and_wikidata_ids_are_few() -> None:
    assert all(key == one.id and key.isascii() and key == key.lower() for key, one in ACTORS.items())
    assert {one.id: one.wikidata for one in ACTORS.values() if one.wikidata} == {
        "donald-trump": "Q22686",
        "barack-obama": "Q76",
        "joe-biden": "Q6279",
        "islamic-state": "Q2429253",
    }
    assert all(one.source for one in ACTORS.values() if one.role)


def test_every_form_of_the_reference_is_found(shared: Path) -> None:
    vocabulary = yaml.safe_load((shared / "reference" / "vocab.yaml").read_text(encoding="utf-8"))
    for person in vocabulary["persons"]:
        full = person["forms_ar"][0]
        (actor,) = {one for one, _ in named(full)}
        assert ACTORS[actor].name_en == person["name_en"]
        for form in person["forms_ar"]:
            assert {one for one, _ in named(f"{full} ثم {form}")} == {actor}, form
    codes = {state["iso2"] for state in vocabulary["member_states"]}
    members = [one for one in ACTORS.values() if one.kind == "state" and one.role]
    assert len(members) == len(codes)


def test_rows_are_one_an_actor_with_its_first_place_in_the_text() -> None:
    mentions = find_actors("ترامب يستقبل العبادي", "وقال ترامب إنه سيتحدث مع ترمب الآخر في مصر")
    rows = {row["actor"]: row for row in article_rows("a-1", mentions)}
    assert set(rows) == {"donald-trump", "egypt"}
    assert rows["donald-trump"]["mentions"] == 3
    assert (rows["donald-trump"]["field"], rows["donald-trump"]["text"]) == ("text", "ترامب")
    assert article_rows("a-1", find_actors("ترامب", "نص"))[0]["field"] == "title"


def test_actors_are_written_once_and_renewed(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "archive.db", "sample")
    mentions = find_actors("", "التقى ترامب وفد الناتو")
    put_actors(archive, mentions)
    archive.execute("update actors set role = 'outdated'")
    put_actors(archive, mentions)
    assert archive.execute("select id, kind, role from actors order by id").fetchall() == [
        ("donald-trump", "person", "US President"),
        ("nato", "body", "coalition member, 2017-05"),
    ]
    archive.close()


def test_a_page_that_is_read_brings_its_actors_and_reading_it_again_changes_nothing(tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text(
        "تيلرسون في اجتماع التحالف\n\nقال ريكس تيلرسون إن التحالف الدولي ضد داعش سيجتمع في واشنطن، ورحبت فرنسا"
        " بذلك، وأضاف تيلرسون أن الدعوات وُجهت إلى الأعضاء جميعًا، وأن جدول الأعمال سيُعلن قبل نهاية الأسبوع.",
        encoding="utf-8",
    )
    archive = tmp_path / "archive.db"
    ingest(archive, [saved], {})
    query = "select actor, field, mentions, text from article_actors order by actor"
    connection = open_archive(archive, None)
    before = connection.execute(query).fetchall()
    assert before == [
        ("coalition", "text", 2, "التحالف الدولي ضد داعش"),
        ("france", "text", 1, "فرنسا"),
        ("rex-tillerson", "text", 3, "ريكس تيلرسون"),
    ]
    reread(archive, {})
    assert connection.execute(query).fetchall() == before
    (article,) = connection.execute("select id from articles").fetchone()
    delete_article(connection, article)
    assert connection.execute("select count(*) from article_actors").fetchone() == (0,)
    connection.close()
