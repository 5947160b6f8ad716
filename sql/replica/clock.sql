-- clock
-- Parameters: none
-- Columns: seen_at INTEGER, sure_at INTEGER
SELECT seen_at, sure_at
FROM meta
WHERE id = 1;
