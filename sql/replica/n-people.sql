-- n-people
-- Parameters: none
-- Columns: n_people INTEGER
SELECT n_people
FROM meta
WHERE id = 1;
