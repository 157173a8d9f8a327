/*
title:
  ar: أي المقالات عُدّلت بعد نشرها؟
  en: Which articles were changed after publication?
description:
  ar: كل نسخة بعد الأولى من مقال، ومتى رُئيت، وعنوانها وعنوان ما قبلها، وكم زاد طول النص أو نقص.
  en: Every version of an article after its first, when it was seen, its title and the one before, and by how many characters the text grew or shrank.
parameters:
  outlet: {ar: معرّف الصحيفة، أو لا شيء لجميعها, en: An outlet's id; empty for all, type: text, default: ""}
change:
  ar: للعناوين المعدلة وحدها أضف `and v.title <> p.title`.
  en: "For changed titles alone add `and v.title <> p.title`."
*/
select v.seen, a.outlet, v.article, v.n, p.title as title_before, v.title,
  length(v.text) - length(p.text) as grown_by
from versions v
join versions p on p.article = v.article and p.n = v.n - 1
join articles a on a.id = v.article
where v.n > 1 and (:outlet = '' or a.outlet = :outlet)
order by substr(v.seen, 1, 10) desc, v.article, v.n
