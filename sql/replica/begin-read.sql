-- begin-read
-- Parameters: none
-- Columns: none
BEGIN DEFERRED;
