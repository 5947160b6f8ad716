-- delete-person
-- Parameters: ?1 slot INTEGER
-- Columns: none
DELETE FROM people
WHERE slot = ?1;
