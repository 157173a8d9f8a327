/*
title:
  ar: أي التواريخ مشكوك فيها؟
  en: Which dates are doubtful?
description:
  ar: عبارات التاريخ التي لم تُحسم قراءتها، وسبب الشك، والقاعدة التي قُرئت بها.
  en: Date phrases whose reading isn't settled, why, and the rule they were read by.
parameters:
  outlet: {ar: معرّف الصحيفة، أو لا شيء لجميعها, en: An outlet's id; empty for all, type: text, default: ""}
change:
  ar: لسبب واحد أضف `and d.needs_review like '%year%'`.
  en: "For one kind of doubt add `and d.needs_review like '%year%'`."
*/
select a.published_day, a.outlet, d.article, d.text, d.value, d.rule, d.needs_review
from dates d
join articles a on a.id = d.article
where d.needs_review is not null and (:outlet = '' or a.outlet = :outlet)
order by a.published_day is null, a.published_day, d.article, d.start_char
