-- sync-point
-- Parameters: none
-- Columns: cursor TEXT, is_partial INTEGER, file INTEGER, next_block INTEGER, n_blocks INTEGER,
--   as_of INTEGER (Unix ms)
SELECT cursor, is_partial, file, next_block, n_blocks, as_of
FROM sync
WHERE id = 1;
