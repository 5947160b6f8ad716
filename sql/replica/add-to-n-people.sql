-- add-to-n-people
-- Parameters: ?1 difference INTEGER
-- Columns: none
UPDATE meta
SET n_people = n_people + ?1
WHERE id = 1;
