-- Takes all of a batch back, as a batch, or nothing.
-- @token: text
-- @batch: text, a cuid
-- @undone: text, the batch to take back
-- Returns: one undone
--   n_changes: bigint
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, CONFLICT, NOT_FOUND, DUPLICATE_EMAIL
SELECT roster.undo_batch($1, $2, $3) AS n_changes;
