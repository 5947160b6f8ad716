-- Takes all of a batch back, as a batch, or nothing.
-- @token: text
-- @batch: text, a cuid
-- @undone: text, the batch to take back
-- Returns: one receipt
--   n_people: bigint
--   id: text?, of the last of them
--   name: text?
--   email: text?
--   phone: text?
--   created_at: timestamp?
--   updated_at: timestamp?
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, CONFLICT, NOT_FOUND, DUPLICATE_EMAIL
SELECT n_people, id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.undo_batch($1, $2, $3);
