-- set-sync-point
-- Parameters: as the columns of sync-point
-- Columns: none
INSERT OR REPLACE INTO sync (id, cursor, is_partial, file, next_block, n_blocks, as_of)
VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6);
