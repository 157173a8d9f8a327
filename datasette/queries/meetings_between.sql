/*
title:
  ar: كل اجتماع بين يومين في مدينة
  en: Every meeting between two days in a city
description:
  ar: الاجتماعات التي بدأت بين اليومين، في المدينة إن ذُكرت، مع مستواها وحالها وعدد ما كُتب عنها.
  en: Meetings that began between the two days, in the city if one is given, with their level, their status and how much was written.
parameters:
  since: {ar: من يوم, en: From the day, type: day, default: "2016-01-01"}
  until: {ar: إلى يوم, en: To the day, type: day, default: "2017-12-31"}
  city: {ar: المدينة بالإنجليزية، أو لا شيء لجميعها, en: The city in English; empty for all, type: text, default: Washington}
change:
  ar: لبلد بدل المدينة ضع `m.country` مكان `m.city`.
  en: "For a country in place of a city write `m.country` for `m.city`."
*/
select m.id as meeting, m.first, m.last, m.city, m.country, m.level, m.status, m.articles, m.outlets
from meetings m
where (:since = '' or m.first >= :since) and (:until = '' or m.first <= :until)
  and (:city = '' or m.city = :city)
order by m.first, m.id
