-- cache-few
-- Parameters: none
-- Columns: none
--
-- As each connection has it (see connection.sql), unless it writes very many people.
PRAGMA cache_size = -8192;
