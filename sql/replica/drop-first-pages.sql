-- drop-first-pages
-- Parameters: none
-- Columns: none
DELETE FROM first_page;
