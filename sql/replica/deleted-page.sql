-- deleted-page
-- Parameters: ?1 before change_id INTEGER, ?2 since INTEGER, ?3 limit INTEGER
-- Columns: person_id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER,
--   updated_at INTEGER, id INTEGER (descending), operation TEXT, at INTEGER
SELECT h.person_id, h.name, h.email, h.phone, h.created_at, h.updated_at, h.id, h.operation, h.at
FROM people_deleted AS d
JOIN people_history AS h ON h.id = d.change_id
WHERE d.change_id < ?1 AND d.at >= ?2
  AND NOT EXISTS (SELECT 1 FROM people AS p WHERE p.id = d.person_id)
ORDER BY d.change_id DESC
LIMIT ?3;
