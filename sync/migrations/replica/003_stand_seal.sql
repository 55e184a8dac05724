-- A keyed hash over the stand and over the set of everything that denies: a row that is deleted, added or
-- edited, also by a flipped bit, is found when the file is opened. NULL: nothing was ever written.
ALTER TABLE stand ADD COLUMN seal BLOB;
