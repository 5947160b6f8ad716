-- rollback
-- Parameters: none
-- Columns: none
ROLLBACK;
