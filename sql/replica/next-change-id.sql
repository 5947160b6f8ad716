-- next-change-id
-- Parameters: none
-- Columns: id INTEGER
--
-- An id that was purged is still in its batch, so it is not given out again.
SELECT max ((SELECT coalesce (max (id), 0) FROM people_history),
  (SELECT coalesce (max (last_id), 0) FROM history_batch)) + 1;
