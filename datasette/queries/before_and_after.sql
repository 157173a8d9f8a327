/*
title:
  ar: هل كُتب عن الاجتماع قبله أم بعده؟
  en: Was it written about before or after?
description:
  ar: لكل اجتماع معروف عدد المقالات التي ذكرته قبل يومه وفي يومه وبعده.
  en: For each known meeting, how many articles reported it before its day, on it and after it.
parameters:
  since: {ar: من يوم, en: From the day, type: day, default: ""}
  until: {ar: إلى يوم, en: To the day, type: day, default: ""}
change:
  ar: لما لم يُكتب عنه إلا بعد انعقاده أضف `having sum(c.before) = 0` بعد `group by`.
  en: "For meetings nobody wrote about beforehand add `having sum(c.before) = 0` after `group by`."
*/
select c.meeting, k.first, k.city, k.level, sum(c.before) as before, sum(c.on_day) as on_day, sum(c.after) as after
from coverage c
join known_meetings k on k.id = c.meeting
where c.state = 'reported' and (:since = '' or k.first >= :since) and (:until = '' or k.first <= :until)
group by c.meeting
order by k.first, c.meeting
