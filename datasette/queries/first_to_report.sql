/*
title:
  ar: من أول من ذكر كل اجتماع؟
  en: Who reported each meeting first?
description:
  ar: أول مقال ذكر كل اجتماع، وقبل يومه بكم يومًا صدر؛ والعدد السالب يعني أنه صدر بعده.
  en: The first article to report each meeting and how many days before its day it came out; a negative number is after it.
parameters:
  since: {ar: من يوم, en: From the day, type: day, default: "2017-01-01"}
  until: {ar: إلى يوم, en: To the day, type: day, default: "2017-12-31"}
change:
  ar: لمعرفة ما ذُكر قبل يومه وحده أضف `and days_before > 0`.
  en: "For meetings that were reported before their day alone add `and days_before > 0`."
*/
select meeting, first, city, level, outlet, article, published_day, days_before
from first_reports
where (:since = '' or first >= :since) and (:until = '' or first <= :until)
order by first, meeting
