-- forget-deleted
-- Parameters: ?1 person_id TEXT
-- Columns: none
DELETE FROM people_deleted
WHERE person_id = ?1;
