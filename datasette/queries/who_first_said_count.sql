/*
title:
  ar: من أول من قال إن الأعضاء 68؟
  en: Who first said 68?
description:
  ar: المقالات التي ذكرت أن للتحالف هذا العدد من الأعضاء، من الأقدم إلى الأحدث، مع الجملة التي ورد فيها.
  en: Articles that gave the coalition this number of members, oldest first, with the sentence that says so.
parameters:
  member_count: {ar: عدد الأعضاء, en: Number of members, type: integer, default: 68}
change:
  ar: للبحث عن مدى من الأعداد اكتب `where m.member_count between 60 and 70` بدل السطر الذي فيه المعامل.
  en: "For a range of numbers write `where m.member_count between 60 and 70` in place of the line with the parameter."
*/
select a.published_day, a.outlet, a.id as article, m.meeting, m.sentence
from mentions m
join articles a on a.id = m.article
where m.member_count = :member_count
group by a.id having min(m.start_char) >= 0  -- the first sentence of each article
order by a.published_day is null, a.published_day, a.published, a.id
