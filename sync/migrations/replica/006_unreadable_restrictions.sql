-- Bans and holds that could not be read whole, as far as they could: until the platform says the same reference
-- again, takes it back, or sends a snapshot, they deny whom they name. Under the stand's seal, as all that denies.
CREATE TABLE unreadable_restrictions (
  kind        TEXT NOT NULL,
  reference   TEXT NOT NULL,             -- #EPOCH/NUMBER where even that could not be read
  subject     TEXT NOT NULL,             -- '' where it could not be read: any of them
  value       TEXT NOT NULL,             -- '' where it could not be read: it may be anybody
  in_snapshot INTEGER NOT NULL,          -- 1: a snapshot came with it, another one would hardly say it better
  PRIMARY KEY (kind, reference, subject, value)
) WITHOUT ROWID;
