/*
title:
  ar: كم اجتماعًا عُقد في كل سنة، وعلى أي مستوى؟
  en: How many meetings in each year, and at which level?
description:
  ar: عدد الاجتماعات في كل سنة على كل مستوى، وعدد المقالات التي ذكرتها. الاجتماعات الملغاة والمؤجلة لا تدخل في العد.
  en: The number of meetings of each level in each year, and of the articles that report them. Cancelled and postponed ones don't count.
change:
  ar: للمدن بدل المستويات ضع `m.city` مكان `m.level` في السطرين.
  en: "For cities in place of levels write `m.city` for `m.level` in both lines."
*/
select cast(substr(m.first, 1, 4) as integer) as year, m.level, count(*) as meetings, sum(m.articles) as articles
from meetings m
where m.first is not null and m.status not in ('cancelled', 'postponed')
group by 1, m.level
order by 1, m.level
