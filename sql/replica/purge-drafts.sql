-- purge-drafts
-- Parameters: none
-- Columns: none
DELETE FROM draft
WHERE id IN (SELECT person_id FROM people_deleted)
  AND id NOT IN (SELECT id FROM people);
