-- set-clock
-- Parameters: ?1 seen_at INTEGER, ?2 sure_at INTEGER
-- Columns: none
UPDATE meta
SET seen_at = ?1, sure_at = ?2
WHERE id = 1;
