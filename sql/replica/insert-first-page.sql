-- insert-first-page
-- Parameters: ?1 key TEXT, ?2 position INTEGER, ?3 slot INTEGER
-- Columns: none
INSERT INTO first_page (key, position, slot)
VALUES (?1, ?2, ?3);
