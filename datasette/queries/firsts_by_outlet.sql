/*
title:
  ar: أي صحيفة تسبق غيرها؟
  en: Which outlet is first most often?
description:
  ar: لكل صحيفة عدد الاجتماعات التي كانت أول من ذكرها، وكم منها ذكرته قبل يومه، وأطول مدة سبقت بها موعدًا.
  en: For each outlet, how many meetings it was the first to report, how many of those before their day, and the longest time ahead.
parameters:
  since: {ar: من يوم, en: From the day, type: day, default: ""}
  until: {ar: إلى يوم, en: To the day, type: day, default: ""}
change:
  ar: لترتيب الصحف بحسب سبقها موعد الاجتماع اجعل `order by before_the_day desc`.
  en: "To order outlets by how often they were ahead of the day write `order by before_the_day desc`."
*/
select outlet, count(*) as firsts, sum(days_before > 0) as before_the_day, max(days_before) as days_before
from first_reports
where (:since = '' or first >= :since) and (:until = '' or first <= :until)
group by outlet
order by firsts desc, outlet
