"""The published copy as readers meet it: every page answers, none shows a hidden sentence, and only the copy goes out."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import httpx
import pytest

from pipelines.questions import load_questions
from tests.conftest import scrapy
from tests.public_words import runs, split_words
from tests.site.serving import served

FIXED = (
    "/ /search /search?q=التحالف /search.atom?q=التحالف /search.csv?q=التحالف /search?q=التحالف&mode=exact /meetings /outlets"
    " /coverage /status /public /downloads /questions /changes.atom /meetings.ics /meetings.csv /meetings.atom"
    " /disagreements.atom /year/2017 /month/2017-03 /on/2017-03-22 /public/articles.json?_shape=array&_size=max"
    " /public/articles.csv?_size=max /en/ /en/status /en/downloads"
).split()
OF_EACH = {
    "/article/": "select id from articles",
    "/meeting/": "select id from meetings",
    "/outlet/": "select id from outlets",
    "/public/": "select name from sqlite_master where type in ('table', 'view') and name not like 'articles!_%' escape '!'",
}


@pytest.fixture(scope="module")
def public_site(public_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    # Served from a copy of its own: the server's log would lie in the published folder.
    copy = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(public_copy, copy)
    with served(copy / "public.db", public=True) as client:
        yield client


def pages(copy: Path) -> list[str]:
    """Name every page of the site: the fixed ones, and one of each article, meeting, outlet, table and question."""
    found = list(FIXED)
    with closing(sqlite3.connect(copy / "public.db")) as public:
        for page, sql in OF_EACH.items():
            found += [page + row[0] for row in public.execute(sql)]
    article = next(page for page in found if page.startswith("/article/"))
    found += [f"{article}?view={view}" for view in ("plain", "extracted", "diff")]
    return found + [f"/questions/{name}" for name in load_questions()]


def test_every_page_answers_and_shows_no_hidden_word(
    press_archive: Path, public_copy: Path, public_site: httpx.Client
) -> None:
    _, private = split_words(press_archive)
    paths = pages(public_copy)
    assert len(paths) > 160
    for path in paths:
        answer = public_site.get(path)
        assert answer.status_code == 200, path
        leaked = {run for line in re.split(r"<[^>]*>", unescape(answer.text)) for run in runs(line)} & private
        assert not leaked, f"{path}: {sorted(leaked)[:3]}"


def test_article_says_that_it_is_an_excerpt_and_hides_what_it_has_not(
    public_copy: Path, public_site: httpx.Client, press_archive: Path
) -> None:
    with closing(sqlite3.connect(public_copy / "public.db")) as public:
        article = public.execute("select article from mentions where start_char > 0 limit 1").fetchone()[0]
    page = public_site.get(f"/article/{article}").text
    assert "في هذه النسخة العامة مقتطفات لا غير" in page
    assert "النص كله في موقع ناشره" in page
    assert "view=diff" not in page
    assert "view=extracted" not in page
    assert "<mark" in page, "the tags still stand at their words"
    assert "This public copy holds excerpts only" in public_site.get(f"/en/article/{article}").text
    with served(press_archive) as archive:
        assert "مقتطفات لا غير" not in archive.get(f"/article/{article}").text


def test_search_finds_and_marks_what_is_public_and_nothing_else(
    press_archive: Path, public_site: httpx.Client
) -> None:
    found = public_site.get("/search", params={"q": "للتّحالف"}).text
    assert "<mark>" in found
    public, private = split_words(press_archive)
    hidden = sorted(
        {word for run in private for word in run.split()} - {w for run in public for w in run.split()}
    )
    assert hidden
    tried = [word for word in hidden if len(word) > 5][:20]
    answers = [public_site.get("/search", params={"q": f'"{word}"'}).text for word in tried]
    with served(press_archive) as archive:
        everything = [archive.get("/search", params={"q": f'"{word}"'}).text for word in tried]
    assert sum("/article/" in page for page in answers) < sum("/article/" in page for page in everything)


def test_status_says_that_the_ledger_is_not_public(public_site: httpx.Client) -> None:
    page = public_site.get("/status").text
    assert "لا يُنشران في هذه النسخة العامة" in page
    assert "لم تتعذر قراءة أي صفحة" not in page


def test_readers_can_take_the_database_and_run_no_sql(public_copy: Path, public_site: httpx.Client) -> None:
    assert public_site.get("/public.db").content == (public_copy / "public.db").read_bytes()
    for path in ("/public?sql=select+1", "/public.json?sql=select+1", "/public.csv?sql=select+1"):
        assert public_site.get(path).status_code == 403, path
    assert public_site.get("/archive.db").status_code == 404


def test_downloads_are_the_files_of_the_copy(public_copy: Path, public_site: httpx.Client) -> None:
    for name in ("meetings.csv", "meetings-excel.csv", "articles.xlsx", "dates.parquet"):
        answer = public_site.get(f"/downloads/{name}")
        assert answer.content == (public_copy / "downloads" / name).read_bytes(), name
    assert public_site.get("/downloads/urls.csv").status_code == 404, "no row of it is public"


def test_site_goes_on_with_the_copy_it_was_started_on(press_archive: Path, tmp_path: Path) -> None:
    """`scrapy serve --public` opens the folder behind the link, so that a later publishing changes nothing under it."""
    from tests.test_publish import note_a_crawl
    from tests.test_run import copy_of

    archive, copy = copy_of(press_archive, tmp_path), tmp_path / "site"
    assert scrapy("publish", copy, archive=archive).returncode == 0
    with served(copy.resolve() / "public.db", public=True) as client:
        before = client.get("/status").text
        note_a_crawl(archive, "2031-05-08")
        assert scrapy("publish", copy, archive=archive).returncode == 0
        assert client.get("/status").text == before
    with served(copy.resolve() / "public.db", public=True) as client:
        assert client.get("/status").text != before


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_what_is_no_copy_is_not_served(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    done = scrapy("serve", "--public", tmp_path / name)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "is no published copy" in done.stderr


def test_archive_itself_is_never_served_to_others(press_archive: Path) -> None:
    done = scrapy("serve", "--host", "0.0.0.0", archive=press_archive)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
