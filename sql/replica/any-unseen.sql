-- any-unseen
-- Parameters: none
-- Columns: any INTEGER
SELECT EXISTS (SELECT 1 FROM unseen);
