-- save-copy
-- Parameters: path TEXT
-- Columns: none
--
-- One snapshot into one file without a log, whoever writes meanwhile; what was removed for good is
-- not in its free pages, because it has none.
VACUUM INTO ?1;
