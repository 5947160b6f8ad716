-- insert-batch
-- Parameters: ?1 last_id INTEGER, ?2 first_id INTEGER, ?3 id TEXT
-- Columns: none
INSERT INTO history_batch (last_id, first_id, id)
VALUES (?1, ?2, ?3);
