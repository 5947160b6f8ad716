-- n-pages
-- Parameters: none
-- Columns: page_count INTEGER
PRAGMA page_count;
