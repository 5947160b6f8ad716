-- insert-deleted
-- Parameters: ?1 change_id INTEGER, ?2 person_id TEXT, ?3 at INTEGER
-- Columns: none
INSERT OR REPLACE INTO people_deleted (change_id, person_id, at)
VALUES (?1, ?2, ?3);
