-- next-slot
-- Parameters: none
-- Columns: slot INTEGER
SELECT coalesce (max (slot), 0) + 1
FROM people;
