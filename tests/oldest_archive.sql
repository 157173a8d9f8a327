-- An archive of the first release: the tables of m001_first_tables and a few invented rows. Made once by running that
-- migration; never edited, as no archive in the world can be.
begin;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE archive (key text primary key, value text not null);
CREATE TABLE outlets (
      id text primary key, name_ar text not null, name_en text not null, home text, country text, timezone text,
      affiliation text, crawl integer not null default 1, crawl_reason text, mirror_of text,
      sample integer not null default 0, declared integer not null default 1
    );
CREATE TABLE crawls (
      id integer primary key, outlet text not null references outlets(id), started text not null, finished text,
      status text not null, found integer not null default 0, fetched integer not null default 0,
      unchanged integer not null default 0, failed integer not null default 0, reason text
    );
CREATE TABLE sources (
      url text primary key, outlet text not null references outlets(id), kind text not null, etag text,
      last_modified text, fetched text, http_status integer, items integer not null default 0,
      new_items integer not null default 0, error text
    );
CREATE TABLE urls (
      url text primary key, outlet text not null references outlets(id), found_by text,
      state text not null check (state in ('new','in_flight','done','failed','gone','blocked','skipped')),
      attempts integer not null default 0, etag text, last_modified text, lastmod text, http_status integer, verdict text, reason text, title text, length integer,
      first_seen text not null, fetched text, next_due text
    );
CREATE INDEX urls_by_outlet on urls(outlet, state);
CREATE TABLE url_hints (
      url text not null references urls(url), source text not null, raw text not null, primary key (url, source, raw)
    );
CREATE TABLE captures (
      id text primary key, url text not null, outlet text not null references outlets(id), fetched text not null,
      sha256 text not null, found_by text, warc text not null, "offset" integer not null, length integer not null,
      status integer not null, content_type text
    );
CREATE INDEX captures_by_url on captures(url, fetched);
CREATE TABLE stories (
      id text primary key, first_article text not null references articles(id), articles integer not null
    );
CREATE TABLE articles (
      id text primary key, outlet text not null references outlets(id), url text not null unique,
      title text not null, label text not null, text text not null, extracted text not null, author text, dateline text,
      dateline_city text, agency text, published text, published_day text, year integer, month text,
      published_source text, language text not null,
      relevance text not null check (relevance in ('main','mention','no')), relevance_score real not null,
      characters integer not null, capture text references captures(id), story text references stories(id)
    );
CREATE INDEX articles_by_day on articles(published_day);
CREATE INDEX articles_by_outlet on articles(outlet, published_day);
CREATE TABLE versions (
      article text not null references articles(id), n integer not null, seen text not null, title text not null,
      text text not null, sha256 text not null, capture text references captures(id),
      primary key (article, n)
    );
CREATE TABLE removals (
      article text not null references articles(id), field text not null check (field in ('text','title')),
      start_char integer not null, end_char integer not null, text text not null, replacement text not null,
      reason text not null, primary key (article, field, start_char, end_char)
    );
CREATE TABLE evidence (
      article text not null references articles(id), field text not null check (field in ('text','title')),
      start_char integer not null, end_char integer not null, text text not null,
      side text not null check (side in ('for','against')), reason text not null,
      primary key (article, field, start_char, end_char, reason)
    );
CREATE TABLE published_candidates (
      article text not null references articles(id), n integer not null, source text not null, raw text not null,
      value text, zone text, chosen integer not null, primary key (article, n)
    );
CREATE TABLE dates (
      id text primary key, article text not null references articles(id), start_char integer not null,
      end_char integer not null, text text not null, value text, first text, last text, grain text not null,
      rule text not null, anchor text, modifier text, needs_review text
    );
CREATE INDEX dates_by_article on dates(article);
CREATE INDEX dates_by_day on dates(first, last);
CREATE TABLE known_meetings (
      id text primary key, reference_id text, first text, last text, "precision" text, city text, country text,
      level text not null, host text, member_count integer, participants text, name_en text not null, name_ar text,
      status text not null, confidence text not null, sources text not null
    );
CREATE TABLE meetings (
      id text primary key, title text not null, first text, last text, city text, country text, level text not null,
      status text not null, member_count integer, host text, known text references known_meetings(id),
      claims integer not null, articles integer not null, outlets integer not null,
      first_report text references articles(id)
    );
CREATE TABLE mentions (
      id text primary key, article text not null references articles(id), meeting text references meetings(id),
      start_char integer not null, end_char integer not null, text text not null, sentence text not null,
      first text, last text, grain text, date_text text, city text, country text, level text not null,
      status text not null, member_count integer, host text, known text, link text not null,
      link_reason text not null, confidence real not null, also_at text not null, needs_review text
    );
CREATE INDEX mentions_by_article on mentions(article);
CREATE INDEX mentions_by_meeting on mentions(meeting);
CREATE TABLE disagreements (
      id text primary key, meeting text not null references meetings(id), field text not null, value text not null,
      outlets text not null, sentences text not null
    );
CREATE INDEX disagreements_by_meeting on disagreements(meeting);
CREATE TABLE failures (
      url text not null, stage text not null, error text not null, seen text not null, outlet text,
      primary key (url, stage)
    );
CREATE VIRTUAL TABLE articles_fts using fts5(
  title, text, content="articles",
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
);
insert into "_sqlite_migrations" values (1, 'tahaluf', 'm001_first_tables', '2026-11-20 05:00:00.000000+00:00');
insert into "archive" values ('kind', 'real');
insert into "outlets" values ('rukn', 'ركن الخبر', 'Rukn', NULL, 'IQ', NULL, NULL, 1, NULL, NULL, 0, 1);
insert into "outlets" values ('sada', 'صدى المدينة', 'Sada', NULL, 'IQ', NULL, NULL, 1, NULL, NULL, 0, 1);
insert into "crawls" values (1, 'rukn', '2026-11-20T05:00:00+00:00', '2026-11-20T05:04:00+00:00', 'healthy', 2, 2, 0, 0, NULL);
insert into "sources" values ('http://rukn.test/rss.xml', 'rukn', 'feed', '"1"', NULL, NULL, NULL, 0, 0, NULL);
insert into "urls" values ('http://rukn.test/new', 'rukn', NULL, 'new', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-20T05:00:00+00:00', NULL, NULL);
insert into "url_hints" values ('http://rukn.test/new', 'feed', 'Fri, 20 Nov 2026 05:00:00 GMT');
insert into "captures" values ('c-rukn-00000001', 'http://rukn.test/rukn-00000001', 'rukn', '2026-11-20T05:01:00+00:00', 'abababababababababababababababababababababababababababababababab', NULL, 'crawl-20261120.warc.gz', 1234, 20000, 200, NULL);
insert into "captures" values ('c-sada-00000002', 'http://sada.test/sada-00000002', 'sada', '2026-11-20T05:01:00+00:00', 'abababababababababababababababababababababababababababababababab', NULL, 'crawl-20261120.warc.gz', 1234, 20000, 200, NULL);
insert into "stories" values ('rukn-00000001', 'rukn-00000001', 1);
insert into "articles" values ('rukn-00000001', 'rukn', 'http://rukn.test/rukn-00000001', 'واشنطن تدعو وزراء التحالف إلى اجتماع موسع', 'واشنطن تدعو وزراء التحالف إلى اجتماع موسع', 'تستضيف واشنطن في 22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي ضد داعش الذي يضم 68 دولة.
وقال مسؤول أميركي إن الدعوات وُجهت إلى جميع الأعضاء، وإن البحث سيتناول استقرار المناطق المحررة.
وكان الوزراء قد التقوا آخر مرة في يوليو 2016.', 'تستضيف واشنطن في 22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي ضد داعش الذي يضم 68 دولة.&
وقال مسؤول أميركي إن الدعوات وُجهت إلى جميع الأعضاء، وإن البحث سيتناول استقرار المناطق المحررة.
وكان الوزراء قد التقوا آخر مرة في يوليو 2016.', 'سلمى الراوي', NULL, NULL, NULL, '2017-03-10T14:30:00+00:00', '2017-03-10', 2017, '2017-03', 'json_ld', 'ar', 'main', 0.9, 237, 'c-rukn-00000001', NULL);
insert into "articles" values ('sada-00000002', 'sada', 'http://sada.test/sada-00000002', 'وزراء الخارجية يختتمون اجتماعهم في واشنطن', 'وزراء الخارجية يختتمون اجتماعهم في واشنطن', 'اختتم وزراء خارجية 72 دولة في واشنطن أمس الأربعاء اجتماع التحالف الدولي ضد داعش.
وناقش الوزراء تمويل إعادة الإعمار في العراق وسورية، ودعوا إلى دعم للتحالف لا ينقطع.', 'اختتم وزراء خارجية 72 دولة في واشنطن أمس الأربعاء اجتماع التحالف الدولي ضد داعش.
وناقش الوزراء تمويل إعادة الإعمار في العراق وسورية، ودعوا إلى دعم للتحالف لا ينقطع.', 'سلمى الراوي', NULL, NULL, NULL, '2017-03-23', '2017-03-23', 2017, '2017-03', 'json_ld', 'ar', 'main', 0.9, 164, 'c-sada-00000002', NULL);
insert into "versions" values ('rukn-00000001', 1, '2026-11-20', 'واشنطن تدعو وزراء التحالف إلى اجتماع موسع', 'تستضيف واشنطن في 22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي ضد داعش الذي يضم 68 دولة.
وقال مسؤول أميركي إن الدعوات وُجهت إلى جميع الأعضاء، وإن البحث سيتناول استقرار المناطق المحررة.
وكان الوزراء قد التقوا آخر مرة في يوليو 2016.', 'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', NULL);
insert into "versions" values ('sada-00000002', 1, '2026-11-20', 'وزراء الخارجية يختتمون اجتماعهم في واشنطن', 'اختتم وزراء خارجية 72 دولة في واشنطن أمس الأربعاء اجتماع التحالف الدولي ضد داعش.
وناقش الوزراء تمويل إعادة الإعمار في العراق وسورية، ودعوا إلى دعم للتحالف لا ينقطع.', 'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', NULL);
insert into "removals" values ('rukn-00000001', 'text', 95, 96, '&', '', 'stray_ampersand');
insert into "evidence" values ('rukn-00000001', 'text', 55, 77, 'التحالف الدولي ضد داعش', 'for', 'names the coalition against ISIS');
insert into "published_candidates" values ('rukn-00000001', 0, 'json_ld', '2017-03-10T14:30:00Z', '2017-03-10T14:30:00+00:00', 'Z', 1);
insert into "dates" values ('d1', 'rukn-00000001', 17, 31, '22 مارس الجاري', '2017-03-22', '2017-03-22', '2017-03-22', 'day', 'day_month_deictic', 'published 2017-03-10', NULL, NULL);
insert into "dates" values ('d2', 'rukn-00000001', 226, 236, 'يوليو 2016', '2016-07', '2016-07-01', '2016-07-31', 'month', 'month_year', NULL, NULL, NULL);
insert into "known_meetings" values ('2017-03-22-washington-ministerial', NULL, '2017-03-22', '2017-03-22', 'day', 'Washington', 'United States', 'ministerial_foreign_full', 'United States', 68, NULL, 'Meeting of the Ministers', 'اجتماع وزراء التحالف ؛ مؤتمر واشنطن', 'held', 'high', 'https://example.org/a
https://example.org/b');
insert into "meetings" values ('2017-03-22-washington-ministerial', 'Meeting of the Ministers', '2017-03-22', '2017-03-22', 'Washington', 'United States', 'ministerial_foreign_full', 'held', 68, 'United States', '2017-03-22-washington-ministerial', 2, 2, 2, 'rukn-00000001');
insert into "meetings" values ('unknown-brussels', 'Defence ministers', NULL, NULL, 'Brussels', NULL, 'ministerial_defence', 'announced', NULL, NULL, NULL, 0, 0, 0, NULL);
insert into "mentions" values ('m1', 'rukn-00000001', '2017-03-22-washington-ministerial', 17, 69, '22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي', 'تستضيف واشنطن في 22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي ضد داعش الذي يضم 68 دولة', '2017-03-22', '2017-03-22', 'day', '22 مارس الجاري', 'Washington', 'United States', 'ministerial_foreign_full', 'announced', 68, NULL, '2017-03-22-washington-ministerial', 'known', 'same day, same city, same level', 0.9, '', NULL);
insert into "mentions" values ('m2', 'sada-00000002', '2017-03-22-washington-ministerial', 50, 79, 'اجتماع التحالف الدولي ضد داعش', 'اختتم وزراء خارجية 72 دولة في واشنطن أمس الأربعاء اجتماع التحالف الدولي ضد داعش.', '2017-03-22', '2017-03-22', 'day', NULL, 'Washington', 'United States', 'ministerial_foreign_full', 'held', 72, NULL, '2017-03-22-washington-ministerial', 'known', 'same day, same city, same level', 0.9, '', NULL);
insert into "disagreements" values ('d68', '2017-03-22-washington-ministerial', 'member_count', '68', 'rukn', 'تستضيف واشنطن في 22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي ضد داعش الذي يضم 68 دولة.');
insert into "disagreements" values ('d72', '2017-03-22-washington-ministerial', 'member_count', '72', 'sada', 'اختتم وزراء خارجية 72 دولة في واشنطن أمس الأربعاء اجتماع التحالف الدولي ضد داعش.');
insert into "failures" values ('http://rukn.test/broken', 'extract', 'no text', '2026-11-20', NULL);
commit;
