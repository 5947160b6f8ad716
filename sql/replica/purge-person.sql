-- purge-person
-- Parameters: ?1 person_id TEXT
-- Columns: none
DELETE FROM people_history
WHERE person_id = ?1;
