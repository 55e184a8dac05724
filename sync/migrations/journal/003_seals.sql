-- Keyed hashes over what a grant may hang on: each claim and each visit on its own, and all that are held
-- together with the floor and the journal's name. A flipped bit, and a row that is gone, are found.
-- NULL: not sealed yet. An empty `held` says that nothing here ever was: the next start seals it.
ALTER TABLE claims ADD COLUMN seal BLOB;
ALTER TABLE visits ADD COLUMN seal BLOB;
CREATE TABLE seals (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  held BLOB
);
INSERT INTO seals VALUES (1, x'');
