-- Deletes people; who is gone already is passed over.
-- @token: text
-- @batch: text, a cuid
-- @ids: text[]
-- Returns: one deleted
--   n_people: bigint, 0 when the batch was done before
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.delete_people($1, $2, $3) AS n_people;
