PRAGMA application_id = 1196183122;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE component_store (
  space    TEXT NOT NULL,
  key      BLOB NOT NULL,
  until_ms INTEGER,               -- null: for good
  value    BLOB NOT NULL,
  UNIQUE (space, key));
INSERT INTO component_store VALUES('source/arxiv',X'696473',NULL,X'323530352e3030303031');
INSERT INTO component_store VALUES('source/arxiv',X'736f6f6e',1748253600000,X'78');
CREATE TABLE answer (             -- what an unfinished run has received
  date    TEXT NOT NULL,
  key     BLOB NOT NULL,
  kept_ms INTEGER NOT NULL,
  status  INTEGER NOT NULL,
  url     TEXT NOT NULL,
  headers TEXT NOT NULL,          -- "name: value" a line
  body    BLOB NOT NULL,
  UNIQUE (date, key));
INSERT INTO answer VALUES('2025-05-21',X'66656564',1748250000000,200,'http://127.0.0.1/feed',replace('content-type: text/xml\n','\n',char(10)),X'3c7273732f3e');
CREATE TABLE validator (          -- answers with an ETag or Last-Modified
  key     BLOB NOT NULL PRIMARY KEY,
  kept_ms INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  status  INTEGER NOT NULL,
  url     TEXT NOT NULL,
  headers TEXT NOT NULL,
  body    BLOB NOT NULL);
INSERT INTO validator VALUES(X'66656564',1748250000000,6,200,'http://127.0.0.1/feed',replace('etag: "1"\n','\n',char(10)),X'3c7273732f3e');
CREATE TABLE run (
  date      TEXT NOT NULL,
  standing  INTEGER NOT NULL,     -- 1: the run whose judgements stand; 0: a later try that has not come so far
  started   TEXT NOT NULL,
  finished  TEXT NOT NULL,
  exit      INTEGER NOT NULL,
  quiet     INTEGER NOT NULL,
  complete  INTEGER NOT NULL,
  remedial  INTEGER NOT NULL,
  announced INTEGER NOT NULL,
  scanned   INTEGER NOT NULL,
  selected  INTEGER NOT NULL,
  unscored  INTEGER NOT NULL,
  tokens    INTEGER NOT NULL,
  cost      REAL,
  receipt   TEXT NOT NULL,
  PRIMARY KEY (date, standing)) WITHOUT ROWID;
INSERT INTO run VALUES('2025-05-20',1,'2025-05-26T09:00:00Z','2025-05-26T09:01:00Z',3,0,0,1,3,3,1,1,1000,0.25,'{"rows": [], "closes": true}');
INSERT INTO run VALUES('2025-05-21',0,'2025-05-26T09:02:00Z','',0,0,0,0,0,0,0,0,0,NULL,'');
CREATE TABLE digest (
  date TEXT NOT NULL PRIMARY KEY,
  text TEXT NOT NULL);
INSERT INTO digest VALUES('2025-05-20','{"schema": "gleaner.digest/1"}');
CREATE TABLE judgement (
  id          TEXT NOT NULL,
  date        TEXT NOT NULL,
  ending      TEXT NOT NULL,
  version     INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  total       REAL,
  scores      TEXT NOT NULL,
  comment     TEXT NOT NULL,
  sources     TEXT NOT NULL,
  title       TEXT NOT NULL,
  prompt_hash TEXT NOT NULL,
  paper       TEXT NOT NULL,
  PRIMARY KEY (id, date)) WITHOUT ROWID;
INSERT INTO judgement VALUES('2505.00001','2025-05-20','selected',1,'openai','',19.0,'{"relevance": 10, "novelty": 9}','A comment','arxiv','A title','0011','{"id": "2505.00001"}');
INSERT INTO judgement VALUES('2505.00002','2025-05-20','below',2,'','relevance 6 < 8',NULL,'','','arxiv,feed','It''s another','','');
INSERT INTO judgement VALUES('2505.00003','2025-05-20','unscored',1,'','',NULL,'','','arxiv','A third','','');
CREATE TABLE carried (
  date     TEXT NOT NULL,
  position INTEGER NOT NULL,
  id       TEXT NOT NULL,
  paper    TEXT NOT NULL,
  PRIMARY KEY (date, position)) WITHOUT ROWID;
INSERT INTO carried VALUES('2025-05-20',0,'2505.00003','{"id": "2505.00003"}');
CREATE TABLE delivery (           -- of a digest to an output: how the last try of it ended
  key      TEXT NOT NULL PRIMARY KEY,
  date     TEXT NOT NULL,
  output   TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  papers   INTEGER NOT NULL,
  tried    TEXT NOT NULL,
  error    TEXT NOT NULL,
  written  TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO delivery VALUES('gleaner-2025-05-20-mail-0000000000000001','2025-05-20','mail','failed',2,1,'2025-05-26T09:01:00Z','mail: It''s gone.','');
INSERT INTO delivery VALUES('gleaner-2025-05-20-markdown-0000000000000002','2025-05-20','markdown','delivered',1,1,'2025-05-26T09:01:00Z','',replace('/home/ada/out/2025-05-20.md\n-\n','\n',char(10)));
CREATE TABLE label (
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  name    TEXT NOT NULL,
  value   TEXT NOT NULL,
  date    TEXT NOT NULL,
  given   TEXT NOT NULL,
  PRIMARY KEY (id, version, name)) WITHOUT ROWID;
INSERT INTO label VALUES('2505.00001',1,'relevant','yes','2025-05-20','2025-05-26T10:00:00Z');
CREATE INDEX component_store_until ON component_store (until_ms) WHERE until_ms IS NOT NULL;
CREATE INDEX validator_age ON validator (kept_ms, bytes);
CREATE INDEX judgement_date ON judgement (date);
CREATE INDEX delivery_date ON delivery (date, output);
COMMIT;
