/*
title:
  ar: أي الاجتماعات لم تذكرها صحيفة من قائمتي؟
  en: Which meetings did nobody in my list cover?
description:
  ar: >-
    الاجتماعات المعروفة التي لم يرد ذكرها في أي صحيفة من القائمة، مع عدد الصحف التي جُمعت في وقتها وسكتت عنها، وعدد
    التي لم تُجمع في وقتها فلا يُعرف ما قالته.
  en: >-
    Known meetings that no outlet of the list reported; how many of the list were collected then and said nothing, and
    how many were not collected then, so that nobody knows what they said.
parameters:
  outlets: {ar: معرّفات الصحف مفصولة بفواصل، أو لا شيء لجميعها, en: "Outlets' ids, separated by commas; empty for all", type: text, default: ""}
  since: {ar: من يوم, en: From the day, type: day, default: ""}
  until: {ar: إلى يوم, en: To the day, type: day, default: ""}
change:
  ar: لمعرفة ما سكتت عنه الصحف فعلًا، لا ما لم يُجمع، أضف إلى `having` الشرط `and silent > 0`.
  en: "For silence alone, leaving out what was not collected, add `and silent > 0` to the `having` line."
*/
with asked as (
  select id from outlets
  where :outlets = '' or instr(',' || replace(:outlets, ' ', '') || ',', ',' || id || ',') > 0
)
select k.id as meeting, k.first, k.city, k.level,
  sum(c.state = 'silent') as silent, sum(c.state = 'not_crawled') as not_crawled
from known_meetings k
join coverage c on c.meeting = k.id
join asked on asked.id = c.outlet
where (:since = '' or k.first >= :since) and (:until = '' or k.first <= :until)
group by k.id
having sum(c.state = 'reported') = 0
order by k.first, k.id
