/*
title:
  ar: أي الروايات تحتاج مراجعة؟
  en: Which claims need review?
description:
  ar: ما قيل عن اجتماع ولم يُحسم، أو وُسم بثقة دون الحد المختار، مع الجملة والسبب.
  en: What was said of a meeting and isn't settled, or was tagged with less than the chosen confidence, with the sentence and the reason.
parameters:
  percent: {ar: الثقة التي يُعدّ ما دونها مشكوكًا فيه، بالمئة, en: "The confidence, in percent, below which a claim is doubtful", type: integer, default: 50}
change:
  ar: لما لم يُربط باجتماع وحده أضف `and m.meeting is null`.
  en: "For claims that are linked to no meeting add `and m.meeting is null`."
*/
select a.published_day, a.outlet, m.article, m.meeting, m.sentence, m.confidence, m.needs_review
from mentions m
join articles a on a.id = m.article
where m.needs_review is not null or m.confidence * 100 < :percent
order by m.confidence, m.article, m.start_char
