/*
title:
  ar: ماذا كتبت هذه الصحيفة عن الاجتماعات؟
  en: What did this outlet write about the meetings?
description:
  ar: كل مقال للصحيفة ذكر اجتماعًا، وأي اجتماع، وبعد يومه بكم يومًا صدر؛ والعدد السالب يعني أنه صدر قبله.
  en: Every article of the outlet that reports a meeting, which one, and how many days after its day it came out; a negative number is before it.
parameters:
  outlet: {ar: معرّف الصحيفة، أو لا شيء لجميعها, en: An outlet's id; empty for all, type: text, default: ""}
  since: {ar: من يوم, en: From the day, type: day, default: "2017-03-01"}
  until: {ar: إلى يوم, en: To the day, type: day, default: "2017-03-31"}
change:
  ar: لما صدر يوم الاجتماع نفسه أضف `and days_after = 0`.
  en: "For articles of the meeting's own day add `and days_after = 0`."
*/
select published_day, outlet, article, label, meeting, first, city, level, days_after
from articles_about_meetings
where (:outlet = '' or outlet = :outlet)
  and (:since = '' or published_day >= :since) and (:until = '' or published_day <= :until)
order by published_day, article, meeting
