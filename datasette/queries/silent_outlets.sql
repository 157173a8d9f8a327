/*
title:
  ar: أي الصحف سكتت؟
  en: Which outlets kept silent?
description:
  ar: >-
    لكل صحيفة عدد الاجتماعات المعروفة التي ذكرتها، وعدد التي جُمعت في وقتها ولم تذكرها، ونسبة السكوت منهما. ما لم
    يُجمع لا يدخل في الحساب.
  en: >-
    For each outlet, how many known meetings it reported, how many it was collected for and said nothing about, and the
    share of silence in the two. What was not collected doesn't count.
parameters:
  since: {ar: من يوم, en: From the day, type: day, default: ""}
  until: {ar: إلى يوم, en: To the day, type: day, default: ""}
change:
  ar: لسؤال عن مستوى واحد أضف `and k.level = 'ministerial_foreign_full'`.
  en: "For one level of meetings add `and k.level = 'ministerial_foreign_full'`."
*/
select c.outlet, sum(c.state = 'reported') as reported, sum(c.state = 'silent') as silent,
  round(1.0 * sum(c.state = 'silent') / count(*), 2) as silent_share
from coverage c
join known_meetings k on k.id = c.meeting
where c.state <> 'not_crawled'
  and (:since = '' or k.first >= :since) and (:until = '' or k.first <= :until)
group by c.outlet
order by silent_share desc, silent desc, c.outlet
