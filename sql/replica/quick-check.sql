-- quick-check
-- Parameters: none
-- Columns: quick_check TEXT ('ok', or the first thing that is wrong)
PRAGMA quick_check (1);
