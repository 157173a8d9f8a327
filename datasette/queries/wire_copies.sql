/*
title:
  ar: من نقل الخبر، وماذا غيّر فيه؟
  en: Who copied a wire story, and what did they change?
description:
  ar: كل خبر نشرته أكثر من صحيفة، بنسخه على ترتيب صدورها، وما أضافته كل نسخة إلى الأولى وما حذفته منها.
  en: Every story that more than one outlet printed, its copies in the order they came out, and what each added to the first and dropped from it.
parameters:
  outlet: {ar: معرّف صحيفة شاركت في الخبر، أو لا شيء لجميعها, en: An outlet that shares the story; empty for all, type: text, default: ""}
change:
  ar: لما حُذف من كلام الوكالة وحده أضف `and s.dropped <> ''`.
  en: "For copies that left something out add `and s.dropped <> ''`."
*/
select s.story, s.n, a.outlet, s.article, s.published, s.containment, s.added, s.dropped
from story_members s
join articles a on a.id = s.article
where :outlet = ''
  or s.story in (select o.story from articles o where o.outlet = :outlet and o.story is not null)
order by s.story, s.n
