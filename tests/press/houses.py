"""The nine invented outlets: what each calls itself, how its addresses look, and what is odd about its pages.

None of them exists. Their declarations for the crawler stand in outlets/<id>.yml; what only the renderer needs stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Quirk = Literal["stray_ampersand", "double_entities", "lead_outside", "glued_links", "glued_title"]


@dataclass(frozen=True, slots=True)
class House:
    """One invented outlet, as the renderer sees it."""

    id: str
    name: str
    name_en: str
    host: str
    timezone: str  # IANA
    slogan: str
    article_path: str  # {Y} {m} {mm} {d} {dd} {n} {slug} {words}; {words} is the percent-encoded Arabic title
    months: Literal["common", "levant", "double", "morocco", "tunisia"]
    dateline: str = "{dateline} - "  # what stands before the first paragraph; {name} is the outlet's
    quirks: frozenset[Quirk] = frozenset()
    encoding: str = "utf-8"
    charset_in_header: bool = True
    arabic_digits: bool = False
    feed: Literal["rss", "atom"] | None = None
    sitemap: Literal["flat", "index", "index_gz"] | None = None
    sitemap_lastmod: bool = True
    news_sitemap: bool = False
    closed_path: str = "/print/"  # what robots.txt disallows; every article has a page beneath it

    @property
    def home(self) -> str:
        """Give the address of the front page."""
        return f"http://{self.host}/"


HOUSES: dict[str, House] = {
    house.id: house
    for house in (
        House(
            id="manara",
            name="منارة الشاطئ",
            name_en="Manarat al-Shati",
            host="manara.example",
            timezone="Europe/London",
            slogan="صحيفة إلكترونية يومية",
            article_path="/Web/News/{Y}/{m}/{n}.html",
            months="common",
            dateline="{name} من {dateline}: ",
            quirks=frozenset({"stray_ampersand"}),
            sitemap="index",
            news_sitemap=True,
        ),
        House(
            id="sada",
            name="صدى الضفاف",
            name_en="Sada al-Difaf",
            host="sada.example",
            timezone="Africa/Cairo",
            slogan="الخبر كما وصل",
            article_path="/news/details/{n}",
            months="common",
            quirks=frozenset({"double_entities"}),
            feed="rss",
            closed_path="/news/print/",
        ),
        House(
            id="nabd_est",
            name="نبض المرافئ",
            name_en="Nabd al-Marafi",
            host="nabd-est.example",
            timezone="Asia/Beirut",
            slogan="أخبار المتوسط والمشرق",
            article_path="/article/{n}/{words}",
            months="double",
            dateline="{dateline} | ",
            quirks=frozenset({"lead_outside"}),
            feed="atom",
            sitemap="flat",
        ),
        House(
            id="rukn",
            name="ركن الساحة",
            name_en="Rukn al-Saha",
            host="rukn.example",
            timezone="Asia/Amman",
            slogan="من الساحة إلى القارئ",
            article_path="/details/{n}",
            months="levant",
            dateline="{dateline} – ",
            encoding="windows-1256",
            charset_in_header=False,
        ),
        House(
            id="mirsal",
            name="مرسال الواحات",
            name_en="Mirsal al-Wahat",
            host="mirsal.example",
            timezone="Africa/Tunis",
            slogan="يصلكم حيث أنتم",
            article_path="/{Y}/{mm}/{dd}/{slug}-{n}/",
            months="tunisia",
            dateline="{dateline} (مرسال) – ",
            quirks=frozenset({"glued_title"}),
            sitemap="flat",
            sitemap_lastmod=False,
        ),
        House(
            id="barid",
            name="بريد الأفق",
            name_en="Barid al-Ufuq",
            host="barid.example",
            timezone="Europe/Paris",
            slogan="جريدة عربية يومية",
            article_path="/node/{n}",
            months="common",
            dateline="{dateline}: «{name}»\n",
            feed="rss",
            news_sitemap=True,
        ),
        House(
            id="qalam",
            name="قلم الربوة",
            name_en="Qalam al-Rabwa",
            host="qalam.example",
            timezone="Africa/Casablanca",
            slogan="يومية سياسية مستقلة",
            article_path="/akhbar/{n}.html",
            months="morocco",
            dateline="{dateline} ـ ",
            quirks=frozenset({"glued_links"}),
        ),
        House(
            id="safha",
            name="الصفحة الثامنة",
            name_en="Al-Safha al-Thamina",
            host="safha.example",
            timezone="Asia/Baghdad",
            slogan="جريدة سياسية عامة",
            article_path="/ar/{Y}/{mm}/{n}",
            months="double",
            dateline="{dateline} / {name}\n",
            feed="rss",
        ),
        House(
            id="diwan",
            name="ديوان السدرة",
            name_en="Diwan al-Sidra",
            host="diwan.example",
            timezone="Asia/Riyadh",
            slogan="صحيفة يومية شاملة",
            article_path="/article/{n}",
            months="common",
            arabic_digits=True,
            sitemap="index_gz",
            news_sitemap=True,
        ),
    )
}

BY_HOST: dict[str, House] = {house.host: house for house in HOUSES.values()}
