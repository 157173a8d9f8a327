/*
title:
  ar: أي الاجتماعات أُعلن عنها ولم يُذكر أنها عُقدت؟
  en: Which meetings were announced and never reported held?
description:
  ar: اجتماعات مضى يومها بحسب أحدث مقال في الأرشيف، ولم يقل مقال إنها عُقدت أو إنها منعقدة.
  en: Meetings whose day is past by the newest article of the archive, and of which no article says that they took place.
change:
  ar: للاجتماعات المؤجلة وحدها أضف `and m.status = 'postponed'`.
  en: "For postponed meetings alone add `and m.status = 'postponed'`."
*/
select m.id as meeting, m.first, m.city, m.level, m.status, m.articles, m.first_report as article
from meetings m
where m.last < (select max(published_day) from articles)
  and not exists (select 1 from mentions c where c.meeting = m.id and c.status in ('held', 'ongoing'))
order by m.first, m.id
