"""The classes of words as pieces of shapes: the only place where the lexer's letters are spelled out.

A shape is a regular expression over the class string, written with these names: f"{DAY}{OF}{MONTH}".
"""

from __future__ import annotations

# Numbers
DIGITS = "d"  # 1 to 31
NUMBER = "[dn]"
FOUR = "4"  # 1000 to 2199
FULL_DATE = "D"  # 22/3/2017
TWO_NUMBERS = "f"  # 22/3, 2016-2017, 10-12
COUNT = (
    "l?(?:[dn]|h(?:w[aeb]c?|wawe)|[aeb]c?|awe|h|c)"  # 3 · ثلاثة · خمسة عشر · خمسة وعشرين · مئة · مئة وعشرين
)
DAY = "(?:l?d|C|oc|owt|owe|ac|awe|[obte])"  # الـ 23 · الحادي عشر · الثامن والعشرين · الأول · العشرين
YEAR_WORDS = "k(?:w?[aechb]){0,6}"  # ألفين وسبعة عشر
ORDINAL = "(?:oc|owt|o|t|l?d)"
# Names
ONE_MONTH = "(?:[Mm]|K[oCd])"  # مارس · كانون الثاني · تشرين أول · كانون 2
HIJRI_MONTH = "(?:H|J[oCaχ]|zq)"  # رجب · ربيع الأول · ذي القعدة
WEEKDAY_NAME = "W"
WEEKDAY = "(?:W|j[WBa])"
# Deixis
PAST, LATEST, BEFORE, FUTURE, NEXT, CURRENT, SAME = "<", "≤", "≺", ">", "≻", "=", "~"
ANY_DEIXIS = "[<≤≺>≻=~]"
THIS, THAT, SAME_NOUN = "1", "0", "3"
YESTERDAY, LAST_NIGHT, TOMORROW, TOMORROW_NOUN, TONIGHT, TODAY = "α", "β", "γ", "δ", "ε", "T"
# Units
YAWM, MONTH_NOUN, YEAR_NOUN, THE_YEAR = "j", "s", "Y", "y"  # يوم · شهر · عام · العام
ONE, THE_ONE, TWO, THE_TWO, TWO_OF, MANY, THE_MANY = "[ujsY]", "[UTy]", "v", "V", "i", "p", "P"
THE_QUARTER, THE_DECADE, SEASON = "Q", "G", "[AJ]"
# Function words
TO = "I{1,2}"  # إلى · حتى · إلى غاية
OF, IN, UNTIL, BETWEEN, AND, AGO, AFTER, THE = "F", "S", "I", "N", "w", "r", "R", "l"
FEW, GONE = "φ", "π"
FRACTION = "[½¼]"  # نصف قرن · ربع قرن
AND_HALF = "w½[Uy]?"  # عام ونصف · عام ونصف العام
APPROX = "(?:g|µF|xκ[Fx]?)"
EDGE, DAY_PART, TIME, LATE, LAST = "E", "Z", "X", "L", "λ"
CORRESPONDING, GREGORIAN, HIJRI = "&", "Γ", "O"
OF_IT, NEW = "ϖ", "ν"  # منه · الجديد
FIRST_NOUN = "C"  # أول in «أول من أمس»

# A month, perhaps twice: «آذار/مارس», «شباط (فبراير)», «كانون الثاني - يناير», «(شباط) فبراير».
MONTH = rf"(?:\((?P<month0>{ONE_MONTH})\)(?={ONE_MONTH}))?(?P<month>{ONE_MONTH})(?P<double>[/\-]?(?P<open>\()?(?P<month2>{ONE_MONTH})(?(open)\)))?"
# The year after a month: «2017», «، 2017», «/2017», «من عام 2017», «لعام 2017م», «عام ألفين وسبعة عشر».
YEAR = rf",?(?:(?:[/\-]|F?S?[Yy]?)(?P<year>4)(?!O)Γ?|F?S?[Yy](?P<year_words>{YEAR_WORDS})Γ?)"
# The year by its place: «من العام الماضي», «هذا العام», «من العام نفسه».
YEAR_REF = rf"(?:[FS]?(?P<year_ref>y{ANY_DEIXIS}|[013]y))"
# What may follow a month's name.
TAIL = rf"(?P<tail>(?P<deixis>{ANY_DEIXIS})?(?:{YEAR}|{YEAR_REF})|(?P<deixis2>{ANY_DEIXIS}))"
