-- Removes the deleted for good, with every value that was ever theirs.
-- @token: text
-- @batch: text, a cuid
-- @ids: text[]?, NULL for all who are deleted
-- Returns: one purged
--   n_people: bigint
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.purge_people($1, $2, $3) AS n_people;
