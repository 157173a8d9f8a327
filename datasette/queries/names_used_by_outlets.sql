/*
title:
  ar: بأي اسم تسمّي كل صحيفة التحالف والتنظيم؟
  en: What does each outlet call the coalition and ISIS?
description:
  ar: في كم مقال من مقالات كل صحيفة سُمّي التحالف «التحالف» أو «الائتلاف»، وسُمّي التنظيم «داعش» أو «تنظيم الدولة»، في العبارات الدالة على التحالف.
  en: "In how many articles of each outlet the phrases that name the coalition say tahaluf or itilaf of it, and Daesh or tanzim al-dawla (the State organisation) of ISIS."
change:
  ar: لإضافة اسم آخر انسخ سطرًا من الأسطر التي فيها `like` وغيّر لفظه واسم عموده.
  en: "For another name copy one of the lines with `like`, and change its word and the column's name."
*/
select a.outlet, count(distinct a.id) as articles,
  count(distinct a.id) filter (where e.text like '%تحالف%') as tahaluf,
  count(distinct a.id) filter (where e.text like '%ائتلاف%') as itilaf,
  count(distinct a.id) filter (where e.text like '%داعش%') as daesh,
  count(distinct a.id) filter (where e.text like '%تنظيم الدولة%') as islamic_state
from evidence e
join articles a on a.id = e.article
where e.side = 'for'
group by a.outlet
order by articles desc, a.outlet
