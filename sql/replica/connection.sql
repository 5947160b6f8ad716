-- connection
-- Parameters: none
-- Columns: none
--
-- What each connection needs. FULL makes a commit durable before it is reported. Checkpoints are
-- made when nobody writes (see roster-replica.c): until then the log only grows, so that a copy of
-- both files taken with cp is whole; the limit (64 MiB) is for imports. What is deleted or changed
-- is overwritten, always: what was removed for good was elsewhere in the file before.
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA wal_autocheckpoint = 16384;
