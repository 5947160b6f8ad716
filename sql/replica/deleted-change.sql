-- deleted-change
-- Parameters: ?1 person_id TEXT
-- Columns: person_id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER,
--   updated_at INTEGER, id INTEGER, operation TEXT, at INTEGER
SELECT h.person_id, h.name, h.email, h.phone, h.created_at, h.updated_at, h.id, h.operation, h.at
FROM people_deleted AS d
JOIN people_history AS h ON h.id = d.change_id
WHERE d.person_id = ?1;
