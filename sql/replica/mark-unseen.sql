-- mark-unseen
-- Parameters: none
-- Columns: none
INSERT INTO unseen (id)
SELECT id
FROM people
ORDER BY id;
