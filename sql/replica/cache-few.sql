-- cache-few
-- Parameters: none
-- Columns: none
--
-- For each connection (8 MiB), unless it writes very many people: the pages of the indexes by id and
-- e-mail, which new people hit at random.
PRAGMA cache_size = -8192;
