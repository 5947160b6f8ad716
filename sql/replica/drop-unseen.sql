-- drop-unseen
-- Parameters: none
-- Columns: none
DELETE FROM unseen;
