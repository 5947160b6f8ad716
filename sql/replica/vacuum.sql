-- vacuum
-- Parameters: none
-- Columns: none
--
-- What is deleted is overwritten at once, but when SQLite moves rows from page to page it can leave
-- a copy in the unused part of one. Writing everything anew is the only way to be sure: 2.6 s for a
-- million people.
VACUUM;
