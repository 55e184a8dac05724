-- The build's name, where two persons stood up for data below the floor; under the stand's seal. See the
-- journal's table of that name.
ALTER TABLE stand ADD COLUMN vouched TEXT;
