-- insert-change
-- Parameters: ?1 person_id TEXT, ?2 name TEXT, ?3 email TEXT, ?4 phone TEXT,
--   ?5 created_at INTEGER, ?6 updated_at INTEGER, ?7 id INTEGER, ?8 operation TEXT, ?9 at INTEGER
-- Columns: none
INSERT INTO people_history (person_id, name, email, phone, created_at, updated_at, id, operation,
  at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
