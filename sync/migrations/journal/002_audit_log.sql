-- The audit log: signed heads over the leaves, and leaves whose records were erased by rule.

ALTER TABLE leaves ADD COLUMN at INTEGER NOT NULL DEFAULT 0;  -- when what it records happened
ALTER TABLE leaves ADD COLUMN erased TEXT;                    -- the rule that took record and salt away

CREATE TABLE checkpoints (
  size     INTEGER PRIMARY KEY,         -- leaves that it covers
  frontier BLOB NOT NULL,               -- roots of the full subtrees, the largest first, 32 bytes each
  note     TEXT NOT NULL                -- the signed checkpoint
);

CREATE INDEX leaves_erased ON leaves (number) WHERE erased IS NOT NULL;
