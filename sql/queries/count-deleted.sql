-- How many are deleted and can be had back.
-- @token: text
-- Returns: one deleted_total
--   n_people: bigint
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.count_deleted($1) AS n_people;
