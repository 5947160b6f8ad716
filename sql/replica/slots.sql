-- slots
-- Parameters: none
-- Columns: slot INTEGER (ascending)
SELECT slot
FROM people
ORDER BY slot;
