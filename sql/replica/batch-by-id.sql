-- batch-by-id
-- Parameters: ?1 id TEXT
-- Columns: first_id INTEGER, last_id INTEGER
SELECT first_id, last_id
FROM history_batch
WHERE id = ?1;
