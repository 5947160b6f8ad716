-- insert-person
-- Parameters: ?1 id TEXT, ?2 name TEXT, ?3 email TEXT, ?4 phone TEXT, ?5 created_at INTEGER,
--   ?6 updated_at INTEGER, ?7 slot INTEGER
-- Columns: none
INSERT INTO people (id, name, email, phone, created_at, updated_at, slot)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
