-- first-page
-- Parameters: ?1 key TEXT
-- Columns: id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER, updated_at INTEGER,
--   slot INTEGER
SELECT p.id, p.name, p.email, p.phone, p.created_at, p.updated_at, p.slot
FROM first_page AS f
JOIN people AS p ON p.slot = f.slot
WHERE f.key = ?1
ORDER BY f.position;
