-- begin
-- Parameters: none
-- Columns: none
BEGIN IMMEDIATE;
