/*
title:
  ar: من يُذكر مع هذا الاجتماع؟
  en: Who is named together with this meeting?
description:
  ar: الأشخاص والهيئات والدول المذكورة في المقالات التي تذكر الاجتماع، وفي كم مقال وكم صحيفة. الذكر لا يعني الحضور.
  en: People, bodies and states named in the articles that report the meeting, in how many articles and outlets. To be named is not to attend.
parameters:
  meeting: {ar: معرّف الاجتماع, en: The meeting's id, type: text, default: 2017-03-22-washington-ministerial}
  kind: {ar: "النوع: person أو body أو state، أو لا شيء لجميعها", en: "The kind: person, body or state; empty for all", type: text, default: person}
change:
  ar: لمن ذُكر في أكثر من صحيفة وحده أضف `having count(distinct a.outlet) > 1` بعد `group by`.
  en: "For those whom more than one outlet names add `having count(distinct a.outlet) > 1` after `group by`."
*/
select x.id as actor, x.name_ar, x.name_en, x.role, count(distinct a.id) as articles,
  count(distinct a.outlet) as outlets
from (select distinct article from mentions where meeting = :meeting) m
join articles a on a.id = m.article
join article_actors n on n.article = a.id
join actors x on x.id = n.actor
where :kind = '' or x.kind = :kind
group by x.id
order by articles desc, x.id
