-- forget-all-deleted
-- Parameters: none
-- Columns: none
DELETE FROM people_deleted;
