-- unseen-people
-- Parameters: none
-- Columns: id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER, updated_at INTEGER,
--   slot INTEGER
SELECT p.id, p.name, p.email, p.phone, p.created_at, p.updated_at, p.slot
FROM unseen AS u
JOIN people AS p ON p.id = u.id;
