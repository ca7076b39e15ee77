-- A knowledge base as the first version wrote it, made by hand: two invented articles that share a source.
-- What each record held in that version: the article its text, the source its texts and what it cites.

CREATE TABLE meta (schema_version INTEGER NOT NULL);
CREATE TABLE article (
    id TEXT NOT NULL, title TEXT NOT NULL, as_of TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (id)
);
CREATE TABLE source (
    id TEXT NOT NULL, doi TEXT, pmid TEXT, title TEXT NOT NULL, year TEXT, design TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_source_doi ON source (doi);
CREATE INDEX ix_source_pmid ON source (pmid);
CREATE TABLE article_source (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), UNIQUE (article, source),
    FOREIGN KEY(article) REFERENCES article (id), FOREIGN KEY(source) REFERENCES source (id)
);
CREATE INDEX ix_article_source_source ON article_source (source);
CREATE TABLE statement (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL, needs_source BOOLEAN NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), UNIQUE (article, id), FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE citation (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, text TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE reference (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL,
    source TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), UNIQUE (article, id),
    FOREIGN KEY(article) REFERENCES article (id), FOREIGN KEY(source) REFERENCES source (id)
);
CREATE INDEX ix_reference_source ON reference (source);
CREATE TABLE resolution (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, reference TEXT NOT NULL, source TEXT NOT NULL,
    status TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), FOREIGN KEY(article) REFERENCES article (id),
    FOREIGN KEY(source) REFERENCES source (id), FOREIGN KEY(article, reference) REFERENCES reference (article, id)
);
CREATE INDEX ix_resolution_source ON resolution (source);
CREATE TABLE evidence (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, statement TEXT NOT NULL, source TEXT NOT NULL,
    direction TEXT NOT NULL, level INTEGER, certainty TEXT, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), FOREIGN KEY(article) REFERENCES article (id),
    FOREIGN KEY(source) REFERENCES source (id), FOREIGN KEY(article, statement) REFERENCES statement (article, id)
);
CREATE INDEX ix_evidence_source ON evidence (source);
CREATE TABLE assessment (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, statement TEXT NOT NULL, verdict TEXT NOT NULL, level INTEGER,
    certainty TEXT, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), FOREIGN KEY(article) REFERENCES article (id),
    FOREIGN KEY(article, statement) REFERENCES statement (article, id)
);
CREATE TABLE finding (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, statement TEXT,
    reference TEXT, fingerprint TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), FOREIGN KEY(article) REFERENCES article (id),
    FOREIGN KEY(article, statement) REFERENCES statement (article, id),
    FOREIGN KEY(article, reference) REFERENCES reference (article, id)
);
CREATE TABLE review (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, subject TEXT NOT NULL, statement TEXT, source TEXT,
    person TEXT NOT NULL, date TEXT NOT NULL, fingerprint TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal), FOREIGN KEY(article) REFERENCES article (id)
);

INSERT INTO meta VALUES (1);

INSERT INTO article VALUES ('oil.md', 'Fennet oil', '2026-11-20', '{"article":{"id":"oil.md","title":"Fennet oil",
"text":"Fennet oil\n\nFennet oil calms a sore elbow [1].\nSo it calms a sore knee too.\n","blocks":[{"kind":"title",
"start":0,"end":10,"line":1},{"kind":"paragraph","start":12,"end":74,"line":3}],"format":"markdown","language":"en"},
"statements":[],"citations":[],"references":[],"sources":[],"resolutions":[],"evidence":[],"assessments":[],
"findings":[],"as_of":"2026-11-20","notes":["PubMed did not answer."]}');
INSERT INTO article VALUES ('tea.md', 'Fennet tea', '2026-11-21', '{"article":{"id":"tea.md","title":"Fennet tea",
"text":"","blocks":[],"format":"markdown"},"statements":[],"citations":[],"references":[],"sources":[],
"resolutions":[],"evidence":[],"assessments":[],"findings":[],"as_of":"2026-11-21"}');

INSERT INTO source VALUES ('doi:10.5555/elbow', '10.5555/elbow', '70000001', 'Fénnet oil for O''Dell''s elbow', '2018',
'randomized trial', '{"id":"doi:10.5555/elbow","doi":"10.5555/elbow","pmid":"70000001",
"title":"Fénnet oil for O''Dell''s elbow","authors":["Łukas P","Ábel K"],"year":"2018","container":"Elbow Letters",
"abstract":"Forty elbows were rubbed. Soreness fell.","cites":["doi:10.5555/older","pmid:70000009",
"doi:10.5555/elbow"],"notices":[{"kind":"retraction","said_by":["Crossref"],"date":"2020-02","doi":"10.5555/elbow.r"},
{"kind":"reinstatement","said_by":["Crossref"],"date":"2021"}],"design":"randomized trial",
"design_basis":"the title says so","full_text":"Forty elbows.\nAll were rubbed."}');
INSERT INTO source VALUES ('doi:10.5555/older', '10.5555/older', NULL, 'Oils of old', '1997', 'narrative review',
'{"id":"doi:10.5555/older","doi":"10.5555/older","title":"Oils of old","year":"1997","notices":[{"kind":"withdrawal",
"said_by":[]}],"design":"narrative review"}');
INSERT INTO source VALUES ('ref:00ff', NULL, NULL, '', NULL, 'unknown', '{"id":"ref:00ff"}');

INSERT INTO article_source VALUES ('oil.md', 0, 'doi:10.5555/elbow');
INSERT INTO article_source VALUES ('oil.md', 1, 'ref:00ff');
INSERT INTO article_source VALUES ('tea.md', 0, 'doi:10.5555/older');
INSERT INTO article_source VALUES ('tea.md', 1, 'doi:10.5555/elbow');

INSERT INTO statement VALUES ('oil.md', 0, 'c0ffee', 'c0ffee00', 'Fennet oil calms a sore elbow [1].', 'benefit', 1,
'{"id":"c0ffee","fingerprint":"c0ffee00","text":"Fennet oil calms a sore elbow [1].","start":12,"end":46,
"sentence":{"start":12,"end":46},"line":3,"section":"","kind":"benefit","question":"benefit","needs_source":true,
"signals":["benefit"],"worth":0.5}');
INSERT INTO statement VALUES ('oil.md', 1, 'decade', 'decade00', 'So it calms a sore knee too.', 'opinion', 0,
'{"id":"decade","fingerprint":"decade00","text":"So it calms a sore knee too.","start":47,"end":75,
"sentence":{"start":47,"end":75},"line":4,"section":"","kind":"opinion","question":null,"needs_source":false,
"leans_on":"c0ffee","goes_beyond":"a knee is no elbow"}');

INSERT INTO citation VALUES ('oil.md', 0, '[1]', '{"text":"[1]","start":42,"end":45,"line":3,"references":["1"],
"statements":["c0ffee","c0ffee","decade"]}');
INSERT INTO citation VALUES ('oil.md', 1, '[7]', '{"text":"[7]","start":46,"end":46,"line":3,"missing":["7"]}');

INSERT INTO reference VALUES ('oil.md', 0, '1', 1, 'Lukas. Fennet oil.', 'doi:10.5555/elbow',
'{"id":"1","position":1,"text":"Lukas. Fennet oil.","source":"doi:10.5555/elbow"}');
INSERT INTO reference VALUES ('oil.md', 1, '2', 2, 'Illegible.', 'ref:00ff',
'{"id":"2","position":2,"text":"Illegible.","source":"ref:00ff"}');

INSERT INTO resolution VALUES ('oil.md', 0, '1', 'doi:10.5555/elbow', 'verified',
'{"reference":"1","source":"doi:10.5555/elbow","status":"verified","said_by":"Crossref","asked":"2026-11-20"}');

INSERT INTO evidence VALUES ('oil.md', 0, 'c0ffee', 'doi:10.5555/elbow', 'supports', 2, 'low', '{"statement":"c0ffee",
"source":"doi:10.5555/elbow","references":["1"],"direction":"supports","extent":"part","level":2,"certainty":"low",
"quote":"Soreness fell."}');
INSERT INTO evidence VALUES ('oil.md', 1, 'decade', 'ref:00ff', 'not checked', NULL, NULL,
'{"statement":"decade","source":"ref:00ff","references":["2"],"direction":"not checked"}');

INSERT INTO assessment VALUES ('oil.md', 0, 'c0ffee', 'partly supported', 2, 'low', '{"statement":"c0ffee",
"verdict":"partly supported","level":2,"certainty":"low","lines":1,"reasons":["one trial says a part of it"]}');
INSERT INTO assessment VALUES ('oil.md', 1, 'decade', 'not checked', NULL, NULL,
'{"statement":"decade","verdict":"not checked"}');

INSERT INTO finding VALUES ('oil.md', 0, 'undefined-reference', 'error', 'c0ffee', NULL, 'f7', '{"rule":
"undefined-reference","severity":"error","message":"No reference 7.","remedy":"List it.","line":3,"column":35,
"fingerprint":"f7","statement":"c0ffee"}');
INSERT INTO finding VALUES ('oil.md', 1, 'reference-never-cited', 'info', NULL, '2', 'f2', '{"rule":
"reference-never-cited","severity":"info","message":"Nothing cites 2.","remedy":"Cite it.","line":6,"column":1,
"fingerprint":"f2","reference":"2"}');

INSERT INTO review VALUES ('oil.md', 0, 'statement', 'gone', NULL, 'Ada', '2026-11-20', 'gone00',
'{"subject":"statement","statement":"gone","source":null,"value":"supported","person":"Ada","date":"2026-11-20",
"reason":"read it","fingerprint":"gone00"}');
INSERT INTO review VALUES ('tea.md', 0, 'design', NULL, 'doi:10.5555/older', 'Ben', '2026-11-21', 'doi:10.5555/older',
'{"subject":"design","statement":null,"source":"doi:10.5555/older","value":"book","person":"Ben","date":"2026-11-21",
"reason":"it is one","fingerprint":"doi:10.5555/older","article":"tea.md"}');
