-- purge-all-deleted
-- Parameters: none
-- Columns: none
DELETE FROM people_history
WHERE person_id IN (SELECT person_id FROM people_deleted)
  AND person_id NOT IN (SELECT id FROM people);
