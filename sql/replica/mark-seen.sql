-- mark-seen
-- Parameters: ?1 id TEXT
-- Columns: none
DELETE FROM unseen
WHERE id = ?1;
