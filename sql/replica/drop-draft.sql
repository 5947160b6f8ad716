-- drop-draft
-- Parameters: id TEXT
-- Columns: none
DELETE FROM draft WHERE id = ?1;
