-- One file may hold several journals, one after the other: one that was put back from an old copy goes on
-- under a new name, and what it numbers and signs from then on is counted from 1 again. Rows of leaves,
-- checkpoints and outbox are numbered through; a journal's own number is that less what lies before it.
CREATE TABLE journals (
  number        INTEGER PRIMARY KEY,  -- 1, 2, ...: the last one is in use, and is the one of `identity`
  journal_id    TEXT NOT NULL UNIQUE,
  leaves_before INTEGER NOT NULL,
  events_before INTEGER NOT NULL,
  receipted     INTEGER,              -- up to which of its events there was a receipt when the next one began
  instead_of    TEXT                  -- the entry by whose absence it was found out that it lacks something
);
INSERT INTO journals SELECT 1, journal_id, 0, 0, NULL, NULL FROM identity;

-- What was given out by this gate's journals and is not in this file, as far as anybody knows: up to there.
CREATE TABLE lacks (
  journal_id TEXT PRIMARY KEY,
  events     INTEGER NOT NULL
) WITHOUT ROWID;

-- The journal in use does not know what others knew. It is told by the platform, in its stream up to there.
CREATE TABLE lack (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  epoch    INTEGER,
  sequence INTEGER
);
