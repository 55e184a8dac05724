-- Data below the floor that two persons brought where the replica was lost. The replica that was built of them
-- bears the build's name, and is as good as they said from where it has come to since; no other one is. Gone as
-- soon as a replica has come up to the floor.
CREATE TABLE vouched (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  build    TEXT NOT NULL,
  epoch    INTEGER NOT NULL,
  sequence INTEGER NOT NULL
);
