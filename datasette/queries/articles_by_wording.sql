/*
title:
  ar: أي المقالات تسمّيه بهذا اللفظ؟
  en: Which articles call it by this word?
description:
  ar: المقالات التي سمّت التحالف بعبارة فيها هذا اللفظ، مع عدد المرات ومثال من عباراتها.
  en: Articles that name the coalition with a phrase that holds this word, how often, and one of the phrases.
parameters:
  word: {ar: اللفظ كما يُكتب, en: "The word, as it is spelled", type: text, default: الائتلاف}
change:
  ar: تُطابَق الحروف كما هي؛ لقبول رسمين اكتب `and (e.text like '%الائتلاف%' or e.text like '%الإئتلاف%')`.
  en: "Letters are matched as they stand; for two spellings write `and (e.text like '%الائتلاف%' or e.text like '%الإئتلاف%')`."
*/
select a.published_day, a.outlet, a.id as article, a.label, count(*) as times, min(e.text) as phrase
from evidence e
join articles a on a.id = e.article
where e.side = 'for' and e.text like '%' || :word || '%'
group by a.id
order by a.published_day is null, a.published_day, a.id
