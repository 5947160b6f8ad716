-- drop-first-page
-- Parameters: ?1 key TEXT
-- Columns: none
DELETE FROM first_page
WHERE key = ?1;
