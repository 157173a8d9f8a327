/*
title:
  ar: أي المقالات تتعارض مصادر تاريخ نشرها؟
  en: For which articles do the sources of the publication day differ?
description:
  ar: المقالات التي أعطت مصادر تاريخها، كالخلاصة وبيانات الصفحة وعنوانها، أيامًا مختلفة، وما قاله كل مصدر وأيها اعتُمد.
  en: Articles whose sources (feed, page data, address) give different days, what each said, and which was chosen.
parameters:
  outlet: {ar: معرّف الصحيفة، أو لا شيء لجميعها, en: An outlet's id; empty for all, type: text, default: ""}
change:
  ar: تُترك تواريخ التعديل وخرائط المواقع وما في النص؛ لعدّها أيضًا احذف شرطي `source`.
  en: "Moments of modification, sitemaps and dates inside the text are left out; to count them too, leave out both conditions on `source`."
*/
select c.article, a.outlet, c.source, c.raw, c.value, c.chosen
from published_candidates c
join articles a on a.id = c.article
where c.value is not null and c.source not in ('modified', 'sitemap', 'text') and (:outlet = '' or a.outlet = :outlet)
  and c.article in (
    select article from published_candidates
    where value is not null and source not in ('modified', 'sitemap', 'text')
    group by article having min(substr(value, 1, 10)) <> max(substr(value, 1, 10))
  )
order by c.article, c.n
