"""People, bodies and states that news about the coalition names, with their spellings and what the reference says of them.

Spellings are written as newspapers write them; matching folds them, so only those that differ after folding stand side
by side. Roles, sources and Wikidata ids are those of ../shared/reference/vocab.yaml and nothing else; an id that is
marked there as unverified is left out. Names of states are those of pipelines/lexicon/places.py.
"""

from __future__ import annotations

from typing import NamedTuple

UNVERIFIED = "general knowledge, unverified"
SEED = "Elaph, March 2017 (the project's seed)"
LEGISLATORS = "Wikidata: unitedstates/congress-legislators, executive.yaml"


class Name(NamedTuple):
    """A person or body: id, English name, what it is, sources, and the forms of its name.

    `full` names it wherever it stands. `alone` is the short form that names nobody else in such news; `after` is one
    that names it only once a full form stood in the article. The first of `full` is the name that is shown.
    """

    id: str
    name_en: str
    role: str | None
    source: str
    full: tuple[str, ...]
    alone: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    wikidata: str | None = None


def _split(forms: str) -> tuple[str, ...]:
    return tuple(form for form in forms.split("|") if form)


def _person(
    name_en: str,
    role: str,
    source: str,
    first: str,
    last: str,
    *,
    alone: bool = False,
    also: str = "",
    wikidata: str | None = None,
) -> Name:
    """Make a person of first names and surnames: every pair of them is a full form, the surname is the short one."""
    surnames = _split(last)
    full = (*(f"{one} {surname}" for one in _split(first) for surname in surnames), *_split(also))
    identity = "".join(_PLAIN.get(char, char) for char in name_en.lower())
    return Name(
        identity, name_en, role, source, full, surnames if alone else (), () if alone else surnames, wikidata
    )


_PLAIN = {" ": "-", "ç": "c", "ş": "s", "ğ": "g", "ü": "u"}

PEOPLE: tuple[Name, ...] = (
    _person("Rex Tillerson", "US Secretary of State 2017-18", f"{SEED}; some spellings {UNVERIFIED}",
            "ريكس", "تيلرسون|تيليرسون|تلرسون", alone=True),
    _person("John Kerry", "US Secretary of State 2013-17", "https://www.masress.com/akhbarelyomgate/372724",
            "جون", "كيري", alone=True),
    _person("Mike Pompeo", "US Secretary of State 2018-21", "akhbaralaan.net, 5 February 2019",
            "مايك|مايكل", "بومبيو", alone=True),
    _person("Antony Blinken", "US Secretary of State 2021-25", "https://cap24.ma/?p=242072; elnashra.com",
            "أنتوني|أنطوني|توني", "بلينكن|بلينكين", alone=True),
    _person("Marco Rubio", "US Secretary of State 2025-", UNVERIFIED, "ماركو", "روبيو"),
    _person("Brett McGurk", "US envoy 2015-18", f"https://neworientnews.com/2016/07/20/31181; some spellings {UNVERIFIED}",
            "بريت", "ماكغورك|ماكغيرك|مكغورك|ماكجورك|ماكجيرك|ماكغرك|مكغيرك", alone=True),
    _person("John Allen", "US envoy 2014-15",
            "https://www.masress.com/akhbarelyomgate/372724; https://www.turess.com/assabahnews/95742", "جون", "ألين|آلن"),
    _person("James Jeffrey", "US envoy 2019-20", UNVERIFIED, "جيمس", "جيفري"),
    _person("John Godfrey", "US acting envoy 2021", UNVERIFIED, "جون", "غودفري|جودفري"),
    _person("Ian McCary", "US deputy envoy 2022-24", UNVERIFIED, "إيان", "مكاري|ماكاري"),
    _person("Tom Barrack", "US envoy for Syria 2025-", "https://www.alwakad.net/1951134.html", "توم|توماس", "باراك"),
    _person("Ash Carter", "US Secretary of Defense 2015-17", "kurdstreet.com; albaathmedia.sy, 21 January 2016",
            "آشتون|آش", "كارتر"),
    _person("James Mattis", "US Secretary of Defense 2017-18",
            "https://arabic.euronews.com/2017/05/09/isil-copenhagen-coalition-mattis; innfrad.com", "جيمس|جيم", "ماتيس",
            alone=True),
    _person("Patrick Shanahan", "US acting Secretary of Defense 2019", UNVERIFIED, "باتريك", "شاناهان"),
    _person("Mark Esper", "US Secretary of Defense 2019-20", UNVERIFIED, "مارك", "إسبر"),
    _person("Lloyd Austin", "CENTCOM; US Secretary of Defense 2021-25", "https://sauress.com/alhayat/5029848",
            "لويد", "أوستن|أوستين"),
    _person("Chuck Hagel", "US Secretary of Defense 2013-15", "imlebanon.org, 5 September 2014", "تشاك", "هيغل|هاغل|هيجل"),
    _person("Martin Dempsey", "US Chairman of the Joint Chiefs of Staff", "https://www.masress.com/tahrirnews/1324816",
            "مارتن", "ديمبسي"),
    _person("Joseph Dunford", "US Chairman of the Joint Chiefs of Staff", UNVERIFIED, "جوزيف|جو", "دانفورد|دنفورد"),
    _person("Donald Trump", "US President", f"{SEED}; second spelling: alwatan.com.sa; {LEGISLATORS}",
            "دونالد", "ترامب|ترمب", alone=True, wikidata="Q22686"),
    _person("Barack Obama", "US President", f"{SEED}; {LEGISLATORS}", "باراك", "أوباما", alone=True, wikidata="Q76"),
    _person("Joe Biden", "US Vice-President, later President", f"{UNVERIFIED}; {LEGISLATORS}", "جو", "بايدن", alone=True,
            wikidata="Q6279"),
    _person("Mark Toner", "US State Department spokesman (acting)", SEED, "مارك", "تونر"),
    _person("Haider al-Abadi", "Prime Minister of Iraq 2014-18", "http://www.elhourriya.net/43476.html", "حيدر", "العبادي"),
    _person("Ibrahim al-Jaafari", "Foreign Minister of Iraq", "https://www.masress.com/moheet/2140183",
            "إبراهيم", "الجعفري"),
    _person("Fuad Masum", "President of Iraq", "https://maghress.com/alyaoum24/212840", "فؤاد|فواد", "معصوم"),
    _person("Adel al-Jubeir", "Foreign Minister of Saudi Arabia", UNVERIFIED, "عادل", "الجبير"),
    _person("Saud al-Faisal", "Foreign Minister of Saudi Arabia", "https://sauress.com/okaz/722414", "سعود", "الفيصل"),
    _person("Faisal bin Farhan", "Foreign Minister of Saudi Arabia", "https://www.assawsana.com/article/595615",
            "فيصل", "بن فرحان"),
    _person("Waleed al-Khuraiji", "Deputy Foreign Minister of Saudi Arabia", "https://almasra.iq/175934",
            "وليد|وليد بن عبدالكريم|وليد بن عبد الكريم", "الخريجي"),
    _person("Nasser Bourita", "Foreign Minister of Morocco", "https://cap24.ma/?p=242072", "ناصر", "بوريطة"),
    _person("Laurent Fabius", "Foreign Minister of France", "https://maghress.com/alyaoum24/212840", "لوران", "فابيوس"),
    _person("François Hollande", "President of France", "https://maghress.com/alyaoum24/212840; n.misr5.com",
            "فرنسوا|فرانسوا", "هولاند|أولاند"),
    _person("Jean-Yves Le Drian", "Defence, later Foreign Minister of France", "https://sauress.com/okaz/820779",
            "جان إيف|جون إيف", "لودريان|لو دريان"),
    _person("Philip Hammond", "Foreign Secretary of the United Kingdom",
            "https://archive.almanar.com.lb/article.php?id=1087579", "فيليب", "هاموند"),
    _person("Michael Fallon", "Defence Secretary of the United Kingdom", UNVERIFIED, "مايكل", "فالون"),
    _person("Paolo Gentiloni", "Foreign Minister of Italy", "afrigatenews.net", "باولو", "جينتيلوني|جنتيلوني"),
    _person("Luigi Di Maio", "Foreign Minister of Italy", "elnashra.com", "لويجي", "دي مايو"),
    _person("Claus Hjort Frederiksen", "Defence Minister of Denmark", "innfrad.com",
            "كلاوس|كلاوس هيورت|كلاوس يورت", "فريدريكسون|فريدريكسن"),
    _person("Jens Stoltenberg", "NATO", "http://www.elhourriya.net/43476.html; elnashra.com",
            "ينس", "ستولتنبرغ|ستولتنبيرغ"),
    _person("Ayman Safadi", "Foreign Minister of Jordan", "https://www.assawsana.com/article/595615", "أيمن", "الصفدي"),
    _person("Asaad al-Shaibani", "Foreign Minister of Syria", "alwakeelnews.com", "أسعد", "الشيباني",
            also="أسعد حسن الشيباني"),
    _person("Mevlüt Çavuşoğlu", "Foreign Minister of Turkey", "https://theglobalcoalition.org/?p=12520",
            "مولود", "جاويش أوغلو|تشاووش أوغلو|تشاويش أوغلو"),
    _person("Abu Bakr al-Baghdadi", "leader of ISIS", "translations.state.gov, 20 November 2019",
            "أبو بكر|أبوبكر|أبي بكر|أبا بكر", "البغدادي"),
)  # fmt: skip

_CRS_ADDRESS = (
    "https://www.defense-aerospace.com/articles-view/release/3/176511/"
    "crs-details-coalition-contributions-to-counter_is-effort.html"
)
CRS = f"Congressional Research Service, 24 August 2016 ({_CRS_ADDRESS}); the end of its list from general knowledge, unverified"
JULY_2017 = "https://theglobalcoalition.org/en/the-global-coalition-working-to-defeat-daesh-july17/"
FEBRUARY_2019 = (
    "https://berlinglobal.org/index.php?meeting-of-the-ministers-of-the-global-coalition-to-defeat-isis"
)

BODIES: tuple[Name, ...] = (
    Name("arab-league", "Arab League", "coalition member, by August 2016", CRS,
         ("جامعة الدول العربية", "الجامعة العربية")),
    Name("european-union", "European Union", "coalition member, by August 2016", CRS,
         ("الاتحاد الأوروبي", "الاتحاد الأوربي")),
    Name("interpol", "INTERPOL", "coalition member, 2016-07-21 (67th)",
         "https://fr.usembassy.gov/press-availability-counter-isil-ministerial-meeting/",
         ("الإنتربول", "إنتربول"), after=("الشرطة الدولية",)),
    Name("nato", "NATO", "coalition member, 2017-05", f"wideo.ovh; {JULY_2017}",
         ("حلف شمال الأطلسي", "حلف شمال الأطلنطي", "الحلف الأطلسي", "حلف الأطلسي", "حلف الناتو", "الناتو", "ناتو")),
    Name("cen-sad", "CEN-SAD", "coalition member, by 2019-02", FEBRUARY_2019, ("تجمع دول الساحل والصحراء",)),
)  # fmt: skip

# Named by pipelines/bodies.py, which knows them from the alliances that share their words.
COALITION = Name("coalition", "Global Coalition against ISIS", None, SEED, ("التحالف الدولي ضد داعش",))
ISLAMIC_STATE = Name(
    "islamic-state", "Islamic State", None, "Wikidata: public code", ("تنظيم داعش",), wikidata="Q2429253"
)

# The clitics that pipelines/bodies.py leaves with the name of a body.
BEFORE_BODY = r"[وف]?[بلك]?(?=داعش|تنظيم|الدول|دول|الدواعش|تحالف|ائتلاف|مجموع|ما )"

BY_AUGUST_2016 = (
    "AF AL AU AT BH BE BA BG CA HR CY CZ DK EG EE FI FR GE DE GR HU IS IQ IE IT JP JO XK KW LV LB LT LU MK MY MD ME MA NL"
    " NZ NG NO OM PA PL PT QA RO SA RS SG SK SI SO ES SE TW TN TR UA AE GB US KR"
).split()
# ISO code: when it joined, by the reference's words, and their source.
LATER_MEMBERS: dict[str, tuple[str, str]] = {
    "LY": ("2016-11-17 (68th)", "https://www.auswaertiges-amt.de/en/newsroom/news/161117-aa-anti-is-koalition/285420"),
    **dict.fromkeys(("ET", "DJ", "TD", "NE"), ("2017, by July", JULY_2017)),
    "CM": ("2017", UNVERIFIED),
    "PH": ("2018-02-13 (75th)", "https://www.mintfo.com/news/phl-joins-global-coalition-to-defeat-isis/1360/"),
    **dict.fromkeys(("GN", "KE", "FJ"), ("2018-19, by February 2019", FEBRUARY_2019)),
    "CD": ("2019-06 (80th)", "https://theglobalcoalition.org/en/changing-coalition-changing-threat-paris-meeting"),
    "CF": ("2020 (82nd)", "https://theglobalcoalition.org/en/"),
    **dict.fromkeys(("MR", "YE"), ("2019-21", UNVERIFIED)),
    "BF": ("2021-12-02 (84th)", "https://theglobalcoalition.org/en/africa-focus-group/"),
    "BJ": ("2022", UNVERIFIED),
    "TG": ("2023-06-08 (86th)", "https://theglobalcoalition.org/en/communique-riyadh-coalition-daesh"),
    "UZ": ("2025, by 10 June", "https://www.miragenews.com/global-coalition-to-defeat-isis-small-group-1475597"),
    "SY": ("2025-11-11 (90th)", "https://ragex.co/alerts/syria-isis-coalition-90th"),
}  # fmt: skip

# «المملكة» is whichever kingdom the article named before, and nobody when it named two.
KINGDOMS: dict[str, tuple[str, ...]] = {"المملكة": ("SA", "JO", "MA", "BH", "GB")}

# Full names that only look as if they named somebody above: the whole of one is read, and no part of it counts.
# A form that `shares` a short form with a person makes that short form doubtful in the rest of the article.
NAMESAKES: tuple[str, ...] = (
    *_split(
        "ميلانيا ترامب|ميلانيا ترمب|إيفانكا ترامب|إيفانكا ترمب|إريك ترامب|تيفاني ترامب|دونالد ترامب الابن"
    ),
    *_split(
        "دونالد ترامب جونيور|دونالد ترمب الابن|ميشيل أوباما|جيل بايدن|هانتر بايدن|بو بايدن|كيري كينيدي|هنري ماتيس"
    ),
    *_split("ماريا كيري|أبو عمر البغدادي|أبي عمر البغدادي|أبا عمر البغدادي"),
    *_split("جيفري فيلتمان|الجامعة العربية المفتوحة|الجامعة العربية الأميركية|الجامعة العربية الأمريكية"),
    *_split(
        "سوريا الديمقراطية|سورية الديمقراطية|سوريا الديموقراطية|سورية الديموقراطية"
    ),  # a force, not the state
    *_split("المغرب العربي|المغرب الإسلامي|صلاة المغرب|أذان المغرب|بلاد المغرب|غروب المغرب"),
    *_split(
        "جنوب السودان|أيرلندا الشمالية|إيرلندا الشمالية|غينيا بيساو|غينيا الاستوائية|بابوا غينيا الجديدة"
    ),
    *_split(
        "ولاية جورجيا|نهر الأردن|نهر النيجر|دلتا النيجر|مدارس بنين|مدرسة بنين|للبنين|كل قطر|أي قطر|خليج غينيا"
    ),
)
SHARING: dict[str, tuple[str, ...]] = {
    "كارتر": ("جيمي كارتر",),
    "باراك": ("إيهود باراك",),
    "الفيصل": ("تركي الفيصل", "خالد الفيصل"),
    "هيغل": ("فريدريش هيغل",),
    "آلن": ("بول آلن", "وودي آلن"),
}
