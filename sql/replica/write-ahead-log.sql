-- write-ahead-log
-- Parameters: none
-- Columns: journal_mode TEXT ('wal' if it worked)
PRAGMA journal_mode = WAL;
