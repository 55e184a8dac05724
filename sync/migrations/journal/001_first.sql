-- journal.db: the truth of this gate. Times are milliseconds since 1970 UTC; bodies are canonical JSON.

CREATE TABLE identity (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  journal_id TEXT NOT NULL,             -- a ULID, new whenever a journal is created or restored
  row_key    BLOB NOT NULL              -- seals the rows of the replica
);

-- The newest the replica has ever been: an older snapshot is refused, whatever became of the replica.
CREATE TABLE floor (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  epoch    INTEGER NOT NULL,
  sequence INTEGER NOT NULL
);
INSERT INTO floor VALUES (1, 0, 0);

CREATE TABLE passages (
  id     TEXT PRIMARY KEY,
  ending TEXT NOT NULL,
  body   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX passages_open ON passages (id) WHERE ending = 'open';

CREATE TABLE visits (
  id             TEXT PRIMARY KEY,
  state          TEXT NOT NULL,
  plate          TEXT NOT NULL,
  driver_id_hash TEXT,
  body           TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX visits_open_by_plate ON visits (plate) WHERE state IN ('admitted', 'inside', 'interrupted');
CREATE INDEX visits_open_by_driver ON visits (driver_id_hash) WHERE state IN ('admitted', 'inside', 'interrupted');

CREATE TABLE claims (
  release_id       TEXT NOT NULL CHECK (release_id <> ''),
  visit            TEXT NOT NULL,
  job              TEXT NOT NULL,
  equipment_number TEXT NOT NULL,
  stay_number      TEXT,
  state            TEXT NOT NULL CHECK (state IN ('claimed', 'used', 'released', 'interrupted')),
  since            INTEGER NOT NULL,
  mode             TEXT NOT NULL,        -- of the data it was granted on
  reconciled       INTEGER NOT NULL,     -- compared with what the platform knew
  PRIMARY KEY (release_id, visit)
) WITHOUT ROWID;
-- One right, one holder: the database itself refuses a second one, by either of the right's names.
CREATE UNIQUE INDEX claims_one_holder ON claims (release_id) WHERE state <> 'released';
CREATE UNIQUE INDEX claims_one_stay ON claims (equipment_number, stay_number)
  WHERE state <> 'released' AND stay_number IS NOT NULL;
CREATE INDEX claims_by_visit ON claims (visit);
CREATE INDEX claims_unreconciled ON claims (since) WHERE reconciled = 0;
CREATE TRIGGER claims_used_stays BEFORE UPDATE OF release_id, visit, equipment_number, stay_number, state ON claims
  WHEN OLD.state = 'used' AND (NEW.state <> 'used' OR NEW.visit <> OLD.visit OR NEW.release_id <> OLD.release_id)
  BEGIN SELECT RAISE(ABORT, 'a used claim never changes'); END;
CREATE TRIGGER claims_stay BEFORE DELETE ON claims
  BEGIN SELECT RAISE(ABORT, 'claims are never deleted'); END;

CREATE TABLE cases (
  number  INTEGER PRIMARY KEY,
  passage TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  body    TEXT NOT NULL
);
CREATE INDEX cases_by_passage ON cases (passage);

-- One leaf for each committed entry. hash = SHA-256(0x00 || SHA-256(salt || record)), the leaf hash of
-- RFC 6962 over a salted commitment: a record can be erased by rule, its leaf stays.
CREATE TABLE leaves (
  number INTEGER PRIMARY KEY,
  salt   BLOB NOT NULL,
  record TEXT,
  hash   BLOB NOT NULL
);

CREATE TABLE outbox (
  number INTEGER PRIMARY KEY,            -- from 1, without holes
  ulid   TEXT NOT NULL UNIQUE,
  event  TEXT NOT NULL,
  state  TEXT NOT NULL CHECK (state IN ('pending', 'taken', 'parked')),
  reason TEXT                            -- why the platform refused it
);
CREATE INDEX outbox_pending ON outbox (number) WHERE state = 'pending';
CREATE INDEX outbox_parked ON outbox (number) WHERE state = 'parked';

CREATE TABLE pictures (
  sha256 TEXT PRIMARY KEY,
  camera TEXT NOT NULL,
  taken  INTEGER NOT NULL,
  bytes  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX pictures_by_age ON pictures (taken);
