-- connection-alone
-- Parameters: none
-- Columns: none
--
-- Where the folder cannot be written: the index of the write-ahead log is kept in memory.
PRAGMA locking_mode = EXCLUSIVE;
