/*
title:
  ar: ما المقالات التي تتحدث عن هذا اليوم؟
  en: Which articles talk about this day?
description:
  ar: المقالات التي فيها عبارة تاريخ تدل على هذا اليوم وحده أو على أيام تضمه، وبأي لفظ، وعلى أي قاعدة قُرئت.
  en: Articles with a date phrase that means this day, or a few days with it in them, in which words, and read by which rule.
parameters:
  day: {ar: اليوم, en: The day, type: day, default: "2017-03-22"}
change:
  ar: للعبارات التي تدل على الشهر كله أيضًا احذف شرط `grain`.
  en: "For phrases that mean the whole month too, leave out the condition on `grain`."
*/
select a.published_day, a.outlet, d.article, d.text, d.value, d.rule, d.anchor
from dates d
join articles a on a.id = d.article
where d.first <= :day and d.last >= :day and d.first >= date(:day, '-31 days') and d.grain in ('day', 'days', 'week')
order by a.published_day is null, a.published_day, d.article, d.start_char
