-- recount
-- Parameters: none
-- Columns: none
--
-- For a file that another program has edited.
UPDATE meta
SET n_people = (SELECT count(*) FROM people)
WHERE id = 1;
