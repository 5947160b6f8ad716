-- save-draft
-- Parameters: id TEXT, name TEXT, email TEXT, phone TEXT, typed_at INTEGER (Unix ms), base_name
-- TEXT, base_email TEXT, base_phone TEXT (these may be NULL)
-- Columns: none
INSERT OR REPLACE INTO draft
  (id, name, email, phone, typed_at, base_name, base_email, base_phone)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
