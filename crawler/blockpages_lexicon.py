"""The words and marks of pages that come instead of an article: data for crawler.blockpages, in English and Arabic.

Each line is a regular expression, searched without regard to case; a space stands for any white space. `most` is how
many characters of other text such a page may have: an article that speaks of CAPTCHAs has more.
Marks are from the vendors' own documentation and from pages anybody meets; phrases are the usual ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["challenge", "captcha", "cookies", "javascript", "denied", "missing"]


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells one kind of page by."""

    kind: Kind
    most: int  # characters of other text the page may have
    marks: tuple[str, ...] = ()  # searched in the markup
    phrases: tuple[str, ...] = ()  # searched in what a reader sees, title and <noscript> included
    headings: tuple[str, ...] = ()  # searched in the title and in the first headings only


# Response headers that say so themselves: name, value.
HEADERS: tuple[tuple[str, str, Kind], ...] = (
    ("cf-mitigated", r"challenge", "challenge"),
    ("x-amzn-waf-action", r"challenge", "challenge"),
    ("x-amzn-waf-action", r"captcha", "captcha"),
    ("x-vercel-mitigated", r"challenge|deny", "challenge"),
    ("x-sucuri-block", r"\S", "denied"),
)

_JS = r"(?:javascript|java script|جافا ?سكر[يب]+ت|الجافا ?سكر[يب]+ت)"
_COOKIES = r"(?:cookies|(?:ال)?كوكيز|ملفات (?:تعريف )?الارتباط(?: الخاصة بالموقع)?|ملفات تعريف الإرتباط)"

# In the order in which they are tried: the first that fits names the page.
SIGNATURES: tuple[Signature, ...] = (
    Signature(
        "captcha",
        400,
        marks=(
            r"geo\.captcha-delivery\.com",
            r'id="px-captcha"',
            r"\bawswafcaptcha\b",
        ),
        phrases=(
            r"(?:complete|solve) the (?:captcha|security check)",
            r"(?:verify|confirm|prove) (?:that )?you(?: are|'re|’re) (?:a )?(?:human|not a robot)",
            r"type the characters you see",
            r"(?:تحقق|أثبت|أكد|تأكيد|إثبات|تأكد من) (?:من )?(?:أنك|أنّك) (?:إنسان|لست (?:روبوت|روبوتا|روبوتًا|برنامجا آليا))",
            r"(?:أدخل|اكتب) (?:الرموز|الأحرف|الحروف|رمز التحقق) (?:التي تظهر|الظاهرة?|كما تظهر) في الصورة",
            r"أنا لست (?:روبوت|برنامج روبوت)",
        ),
    ),
    Signature(
        "challenge",
        400,
        marks=(
            r"_cf_chl_opt",
            r"/cdn-cgi/challenge-platform/h/[a-z]/orchestrate/",
            r"\bsucuri_cloudproxy_js\b",
        ),
        phrases=(
            r"checking (?:if the site connection is secure|your browser before accessing)",
            r"pardon our interruption",
            r"جار(?:ٍ|ي)? (?:التحقق|فحص) (?:من )?(?:متصفحك|المتصفح)",
            r"(?:يرجى الانتظار|لحظة من فضلك)[^.]{0,40}(?:التحقق من|نتحقق من) (?:متصفحك|المتصفح|أمان الاتصال)",
        ),
        headings=(r"^just a moment(?:…|\.\.\.)?$", r"^ddos-guard$", r"^لحظة(?:\.\.\.|…)$"),
    ),
    # What stands on ordinary pages too, in a form for comments or as a script: only where there is no text at all.
    Signature("captcha", 80, marks=(r'class="[^"]*\b(?:g-recaptcha|h-captcha|cf-turnstile)\b',)),
    Signature(
        "challenge",
        80,
        marks=(
            r"\.well-known/ddos-guard/",
            r"\bawswafcookiedomainlist\b|token\.awswaf\.com/",
            r"document\.cookie ?= ?[^<]{0,400}?location\.(?:reload|replace|href)",
        ),
    ),
    Signature(
        "javascript",
        80,
        phrases=(
            rf"{_JS} (?:is|must be) (?:required|disabled|enabled)",
            rf"(?:requires?|need(?:s)? to enable|please (?:enable|turn on|activate)|you must enable) {_JS}(?! to view the comments)",
            rf"(?:يرجى|الرجاء|يجب|نرجو|من فضلك|عليك|يتطلب)[^.]{{0,30}}(?:تفعيل|تشغيل|تمكين) (?:ال)?{_JS}",
            rf"(?:يتطلب|يحتاج) [^.]{{0,25}}{_JS}",
        ),
    ),
    Signature(
        "cookies",
        200,
        phrases=(
            rf"(?:enable|allow|turn on) {_COOKIES} (?:to continue|in your browser|and reload)",
            rf"{_COOKIES} (?:are|must be) (?:required|disabled|enabled)",
            r"before you continue to \S+",
            r"(?:accept|agree)[^.]{0,60}(?:cookies|subscribe)[^.]{0,60}to (?:continue|read|access)",
            rf"(?:يرجى|الرجاء|يجب|نرجو|من فضلك|عليك)[^.]{{0,30}}(?:تفعيل|تمكين|قبول) {_COOKIES}",
            rf"(?:وافق|الموافقة|اقبل|قبول)[^.]{{0,30}}{_COOKIES}[^.]{{0,60}}(?:للمتابعة|للاستمرار|لمتابعة القراءة|لمواصلة القراءة)",
            r"قبل (?:أن تتابع|المتابعة) إلى \S+",
        ),
    ),
    Signature(
        "denied",
        300,
        marks=(r"incapsula incident id", r"sucuri website firewall"),
        phrases=(
            r"you (?:have been|are) blocked",
            r"you don(?:'|’)t have permission to access",
            r"the requested url was rejected",
            r"unusual traffic from your",
            r"(?:not available|unavailable|blocked) in your (?:country|region)",
            r"(?:تم|جرى) (?:حظرك|حجب عنوانك|حظر عنوانك|حظر وصولك)",
            r"(?:لا تملك|ليس لديك|ليست لديك) (?:صلاحية|إذن|الإذن|تصريح)[^.]{0,20}(?:الوصول|الدخول|لعرض)",
            r"^(?:تم رفض|رُفض) (?:طلب )?الوصول(?: إلى (?:هذه |هذا )?(?:الصفحة|الموقع|المحتوى))?[.!]?$",
            r"(?:غير متاح|غير متوفر|محجوب)[^.]{0,12} في (?:بلدك|منطقتك|دولتك)",
        ),
        headings=(
            r"^access (?:to this page has been )?denied",
            r"^attention required!",
            r"^(?:403 )?forbidden$",
        ),
    ),
    Signature(
        "missing",
        200,
        phrases=(
            r"(?:the )?(?:page|article) (?:you (?:requested|are looking for)|you(?:'|’)re looking for)[^.]{0,40}(?:not|n(?:'|’)t|no longer)",
            r"(?:عذر[اً]+|نأسف|للأسف)[^.]{0,15}(?:الصفحة|هذه الصفحة|المقال|الخبر)[^.]{0,30}(?:غير موجودة?|غير متوفرة?|غير متاحة?|حُ?ذفت?)",
            r"(?:الصفحة|المقالة?|الخبر) (?:التي|الذي) (?:تبحث|تبحثون|طلبتها?|طلبته)[^.]{0,25}(?:غير موجودة?|غير متوفرة?|لم تعد|لم يعد)",
        ),
        headings=(
            # not the bare number: a headline may count 404 people
            r"^(?:error |خطأ )?404(?: ?[-–|:!.].*| error| not found.*)?$|\b(?:error|خطأ) 404\b|[-–|:] 404(?: error)?$",
            r"\b(?:page|article) (?:was )?not found\b",
            r"الصفحة (?:المطلوبة )?غير (?:موجودة|متوفرة|متاحة)",
            r"لم (?:يتم العثور|يُ?عثر|نتمكن من العثور) على (?:هذه )?(?:الصفحة|المقال|الخبر|نتائج)",
        ),
    ),
)
