-- commit
-- Parameters: none
-- Columns: none
COMMIT;
