/*
title:
  ar: في أي شيء تختلف الصحف؟
  en: What do outlets claim differently?
description:
  ar: كل قيمة أوردتها الصحف لتاريخ اجتماع أو مدينته أو مستواه أو عدد أعضائه، حيث اختلفت، ومن قالها وبأي جملة.
  en: Every value outlets gave for a meeting's date, city, level or number of members where they differ, with who said it and in which sentence.
parameters:
  field:
    ar: "الحقل: date أو city أو level أو member_count أو status، أو لا شيء لجميعها"
    en: "The field: date, city, level, member_count or status; empty for all"
    type: text
    default: date
change:
  ar: لقصر الجواب على اجتماعات سنة واحدة أضف `and m.first like '2017%'` قبل `order by`.
  en: "For the meetings of one year add `and m.first like '2017%'` before `order by`."
*/
select d.meeting, m.first, d.field, d.value, d.outlets as said_by, d.sentences
from disagreements d
join meetings m on m.id = d.meeting
where :field = '' or d.field = :field
order by m.first, d.meeting, d.field, d.value
