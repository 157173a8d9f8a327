"""`scrapy takedown`: an article leaves every table, and neither reading again, rebuilding, saving nor crawling brings it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.archive import open_archive, transaction
from pipelines.capture import warc_folder
from pipelines.manifest import verify
from pipelines.store import delete_article
from pipelines.takedowns import Takedown, add_takedown, note, settle
from tests.conftest import run_demo, scrapy
from tests.content import content, differences
from tests.public_words import runs, words_in
from tests.test_run import copy_of

REASON = "طلب من الناشر، 2026-11-29"


@pytest.fixture
def archive(press_archive: Path, tmp_path: Path) -> Path:
    return copy_of(press_archive, tmp_path)


def of_a_story(archive: Path) -> tuple[str, str, set[str]]:
    """Give the first article of a story: its id and address, and the words that stand nowhere else."""
    with closing(sqlite3.connect(archive)) as connection:
        article, url, text = connection.execute(
            "select a.id, a.url, a.text from stories s join articles a on a.id = s.first_article"
        ).fetchone()
        others = connection.execute(
            "select text, extracted from articles where id <> ?", (article,)
        ).fetchall()
    elsewhere = {run for row in others for field in row for run in runs(field)}
    return article, url, runs(text) - elsewhere


def mentions_it(archive: Path, article: str, url: str) -> list[str]:
    """Name the tables in which a row names the article or its address, the lists of what was taken down aside."""
    return [
        table
        for table, rows in content(archive).items()
        for row in rows
        if any(isinstance(value, str) and (article in value or url in value) for value in row)
        and not (table == "archive" and str(row[0]).startswith("takedown "))
        and not (table == "urls" and "taken down" in row)
    ]


def test_article_leaves_every_table_and_stays_out(archive: Path, press_archive: Path, tmp_path: Path) -> None:
    article, url, _ = of_a_story(archive)
    assert mentions_it(archive, article, url)
    done = scrapy("takedown", article, "--reason", REASON, archive=archive)
    assert done.returncode == 0, done.stderr
    assert f"{article} is taken down: {url}" in done.stdout
    assert done.stdout.count("a copy of the same story stays") == 2
    assert mentions_it(archive, article, url) == []
    with closing(sqlite3.connect(archive)) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("select state, reason from urls where url = ?", (url,)).fetchall() == [
            ("skipped", "taken down")
        ]

    assert scrapy("reread", archive=archive).returncode == 0
    assert mentions_it(archive, article, url) == [], "read again"
    assert scrapy("reread", "--into", tmp_path / "new.db", archive=archive).returncode == 0
    assert mentions_it(tmp_path / "new.db", article, url) == [], "made again"
    assert REASON in (warc_folder(tmp_path / "new.db") / "takedowns.csv").read_text(encoding="utf-8")
    again = run_demo(archive)
    assert again.returncode == 0, again.stderr
    assert mentions_it(archive, article, url) == [], "collected again"
    assert differences(press_archive, archive).keys() >= {"articles", "versions", "captures"}


def test_published_copy_and_the_one_before_lose_it(archive: Path, tmp_path: Path) -> None:
    article, url, words = of_a_story(archive)
    site = tmp_path / "site"
    assert scrapy("publish", site, "--texts", "full", archive=archive).returncode == 0
    assert words <= words_in(site / "public.db")
    before = site.resolve()
    scrapy("takedown", url, "--reason", REASON, archive=archive)
    done = scrapy("publish", site, "--texts", "full", "--drop-before", archive=archive)
    assert done.returncode == 0, done.stderr
    assert not before.exists()
    assert verify(site) == []
    for path in site.rglob("*"):
        if path.is_file():
            assert not words_in(path) & words, path.name
            assert url.encode() not in path.read_bytes(), path.name
            assert article.encode() not in path.read_bytes(), path.name


def test_older_backup_does_not_bring_it_back_into_public(archive: Path, tmp_path: Path) -> None:
    article, url, _ = of_a_story(archive)
    assert scrapy("backup", tmp_path / "backup.db", archive=archive).returncode == 0
    scrapy("takedown", article, "--reason", REASON, archive=archive)
    archive.unlink()
    (tmp_path / "backup.db").rename(archive)
    assert mentions_it(archive, article, url), "the backup is older"
    assert scrapy("publish", tmp_path / "site", archive=archive).returncode == 0
    assert mentions_it(archive, article, url) == []
    with closing(sqlite3.connect(tmp_path / "site" / "public.db")) as public:
        assert public.execute("select count(*) from articles where id = ?", (article,)).fetchone() == (0,)


def test_saved_page_of_it_is_left_out(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "عنوان\n\nيعقد التحالف الدولي ضد داعش اجتماعًا في باريس يوم 2 يونيو 2015.", encoding="utf-8"
    )
    archive, url = tmp_path / "archive.db", "http://www.example.org/a/1"
    ingest = ("ingest", page, "--url", url)
    assert scrapy(*ingest, archive=archive).returncode == 0
    before = list(warc_folder(archive).iterdir())
    assert scrapy("takedown", f"{url}#top", "--reason", REASON, archive=archive).returncode == 0
    done = scrapy(*ingest, archive=archive)
    assert done.returncode == 0
    assert f"{url} was taken down" in done.stdout
    assert content(archive)["articles"] == []
    assert len([path for path in warc_folder(archive).iterdir() if ".warc" in path.name]) == len(before)


def test_what_is_not_there_yet_stays_out(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "عنوان\n\nيعقد التحالف الدولي ضد داعش اجتماعًا في باريس يوم 2 يونيو 2015.", encoding="utf-8"
    )
    archive, url = tmp_path / "archive.db", "http://www.example.org/a/1"
    scrapy("ingest", page, archive=archive)
    done = scrapy("takedown", url, "--reason", REASON, archive=archive)
    assert "nothing of it was in the archive" in done.stdout
    scrapy("ingest", page, "--url", url, archive=archive)
    assert len(content(archive)["articles"]) == 1


def test_list_written_by_hand_or_by_a_killed_takedown_is_applied(archive: Path) -> None:
    article, url, _ = of_a_story(archive)
    (warc_folder(archive) / "takedowns.csv").write_text(
        f'url,day,reason\n{url},2026-11-29,"{REASON}"\n', encoding="utf-8"
    )
    assert scrapy("takedown", archive=archive).returncode == 0
    assert mentions_it(archive, article, url) == []
    again = scrapy("takedown", archive=archive)
    assert (again.returncode, again.stdout) == (0, "")


def test_takedown_killed_before_the_meetings_were_linked_anew_is_finished_by_the_next(archive: Path) -> None:
    article, url, _ = of_a_story(archive)
    takedown = Takedown(url, "2026-11-29", REASON)
    add_takedown(warc_folder(archive), takedown)
    with closing(open_archive(archive, None)) as connection:
        (before,) = connection.execute("select sum(claims) from meetings").fetchone()
        with transaction(connection):
            note(connection, takedown, done=False)
            delete_article(connection, article)
            settle(connection, url, article.split("-")[0], "2026-11-29T12:00:00+00:00")
    assert scrapy("takedown", archive=archive).returncode == 0
    with closing(sqlite3.connect(archive)) as connection:
        (after,) = connection.execute("select sum(claims) from meetings").fetchone()
        assert after < before
        assert connection.execute("select count(*) from mentions where meeting is not null").fetchone() == (
            after,
        )


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("nothing-00000000", "--reason", "x"), 2, "no article has the id or address"),
        (("http://rukn.example/1",), 2, "--reason is missing"),
        (("a", "b", "--reason", "x"), 2, "one article at a time"),
    ],
)
def test_bad_use_is_one_line(archive: Path, arguments: tuple[str, ...], code: int, complaint: str) -> None:
    done = scrapy("takedown", *arguments, archive=archive)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert complaint in done.stderr


def test_damaged_list_is_one_line(archive: Path) -> None:
    (warc_folder(archive) / "takedowns.csv").write_bytes(b"\xff\xfe")
    done = scrapy("takedown", archive=archive)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "not a list of takedowns" in done.stderr
