/*
title:
  ar: من ينقل عمّن؟
  en: Who copies whom?
description:
  ar: كم خبرًا نشرته صحيفة أولًا ثم ورد في أخرى بنصه أو بأكثره. قد تكون كلتاهما ناقلة عن وكالة واحدة.
  en: How many stories one outlet printed first and another then carried, word for word or nearly. Both may take them from one agency.
change:
  ar: لنسخ تكاد تكون حرفية أضف `and s.containment > 0.9`.
  en: "For copies that are nearly word for word add `and s.containment > 0.9`."
*/
select f.outlet as first_outlet, a.outlet, count(*) as copies, round(avg(s.containment), 2) as containment
from story_members s
join stories t on t.id = s.story
join articles f on f.id = t.first_article
join articles a on a.id = s.article
where s.n > 1
group by 1, 2
order by copies desc, 1, 2
