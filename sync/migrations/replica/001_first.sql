-- replica.db: what the platform last told us. Derived: it may be thrown away and fetched again.
-- Times are milliseconds since 1970 UTC; bodies are canonical JSON; seals are keyed hashes over a row.

-- How far the content goes. One row; epoch 0: nothing yet.
CREATE TABLE stand (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  epoch    INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  as_of    INTEGER                       -- the data are proven to be complete as of then
);
INSERT INTO stand VALUES (1, 0, 0, NULL);

CREATE TABLE rights (
  release_id       TEXT PRIMARY KEY,
  equipment_number TEXT NOT NULL,
  stay_number      TEXT,
  flags            INTEGER NOT NULL,     -- 1 dirty, 2 blocked, 4 revoked, 8 deleted
  body             TEXT NOT NULL,
  seal             BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX rights_by_stay ON rights (equipment_number, stay_number);

CREATE TABLE appointments (
  tar            TEXT PRIMARY KEY,
  slot_from      INTEGER NOT NULL,
  slot_to        INTEGER NOT NULL,
  tractor_plate  TEXT,
  driver_id_hash TEXT,
  dirty          INTEGER NOT NULL,
  body           TEXT NOT NULL,
  seal           BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX appointments_by_slot ON appointments (slot_to, slot_from, tractor_plate);
CREATE INDEX appointments_by_plate ON appointments (tractor_plate, slot_to);
CREATE INDEX appointments_by_driver ON appointments (driver_id_hash, slot_to);

CREATE TABLE drivers (
  driver_id_hash TEXT PRIMARY KEY,
  dirty          INTEGER NOT NULL,
  body           TEXT NOT NULL,
  seal           BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE credentials (
  credential_hash TEXT NOT NULL,
  driver_id_hash  TEXT NOT NULL,
  PRIMARY KEY (credential_hash, driver_id_hash)
) WITHOUT ROWID;
CREATE INDEX credentials_by_driver ON credentials (driver_id_hash);

-- Bans and holds, and rights used elsewhere: read into memory whole, so that a flipped bit in an index
-- cannot hide one.
CREATE TABLE restrictions (
  kind      TEXT NOT NULL,
  reference TEXT NOT NULL,
  subject   TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (kind, reference)
) WITHOUT ROWID;
CREATE TABLE uses (
  release_id       TEXT NOT NULL,        -- '' where only the stay is known
  equipment_number TEXT NOT NULL,
  stay_number      TEXT NOT NULL,
  PRIMARY KEY (release_id, equipment_number, stay_number)
) WITHOUT ROWID;

-- Changes that could not be applied, until the row that they name is put right.
CREATE TABLE parked (
  epoch    INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  kind     TEXT NOT NULL,                -- '' where even that could not be read
  id       TEXT NOT NULL,
  reason   TEXT NOT NULL,
  raw      TEXT NOT NULL,
  PRIMARY KEY (epoch, sequence)
) WITHOUT ROWID;
CREATE INDEX parked_by_row ON parked (kind, id);
