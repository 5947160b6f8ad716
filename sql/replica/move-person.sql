-- move-person
-- Parameters: ?1 slot INTEGER, ?2 new slot INTEGER, of nobody
-- Columns: none
UPDATE people
SET slot = ?2
WHERE slot = ?1;
