-- Appointments by what near plates have in common (core::near_keys says how a key is made): a truck is looked
-- up among the few whose plates could be taken for its own, not among all of the day.
CREATE TABLE near_plates (
  near_key TEXT NOT NULL,
  tar      TEXT NOT NULL,
  PRIMARY KEY (near_key, tar)
) WITHOUT ROWID;

WITH RECURSIVE
  digits (tar, plate) AS (
    SELECT tar, replace(replace(replace(replace(replace(tractor_plate, 'O', '0'), 'I', '1'), 'B', '8'), 'S', '5'),
                        'Z', '2')
    FROM appointments WHERE tractor_plate <> ''),
  parts (tar, plate, size, count, i) AS (
    SELECT tar, plate, length(plate), min(length(plate), 8), 0 FROM digits
    UNION ALL
    SELECT tar, plate, size, count, i + 1 FROM parts WHERE i + 1 < count)
INSERT OR IGNORE INTO near_plates
SELECT substr(plate, 1, i * size / count) || '?' || substr(plate, (i + 1) * size / count + 1), tar FROM parts;

DROP INDEX appointments_by_slot;
DROP INDEX appointments_by_plate;
