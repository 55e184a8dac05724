-- What was said of a right by its container stay alone, before the right itself was known: it can deny, never
-- grant. The right takes it over when it comes.
CREATE TABLE unnamed_rights (
  equipment_number TEXT NOT NULL,
  stay_number      TEXT NOT NULL,
  flags            INTEGER NOT NULL,     -- as of rights
  PRIMARY KEY (equipment_number, stay_number)
) WITHOUT ROWID;
