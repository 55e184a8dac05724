-- What a reconciliation found, by the ULID of its event, until somebody has dealt with it.
CREATE TABLE findings (
  ulid TEXT PRIMARY KEY
) WITHOUT ROWID;
