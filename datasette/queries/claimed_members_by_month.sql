/*
title:
  ar: كم عضوًا قيل إن للتحالف، شهرًا بعد شهر؟
  en: How many members were claimed over time?
description:
  ar: كل عدد ذُكر للأعضاء في مقالات كل شهر، وعدد المقالات والصحف التي ذكرته.
  en: Every number of members given in the articles of each month, with how many articles and outlets gave it.
parameters:
  least: {ar: أصغر عدد يُحسب, en: The smallest number that counts, type: integer, default: 50}
change:
  ar: لجمع الأعداد بحسب السنة بدل الشهر ضع `substr(a.published_day, 1, 4)` مكان العبارة الأولى.
  en: "For years in place of months write `substr(a.published_day, 1, 4)` for the first expression."
*/
select substr(a.published_day, 1, 7) as month, m.member_count, count(distinct a.id) as articles,
  count(distinct a.outlet) as outlets
from mentions m
join articles a on a.id = m.article
where m.member_count >= :least and a.published_day is not null
group by 1, 2
order by 1, 2
