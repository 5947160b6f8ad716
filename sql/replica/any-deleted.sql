-- any-deleted
-- Parameters: none
-- Columns: any INTEGER
SELECT EXISTS (SELECT 1 FROM people_deleted);
