-- Deletes people; who is gone already is passed over.
-- @token: text
-- @batch: text, a cuid
-- @ids: text[]
-- Returns: one receipt
--   n_people: bigint
--   id: text?, of the last of them
--   name: text?
--   email: text?
--   phone: text?
--   created_at: timestamp?
--   updated_at: timestamp?
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT n_people, id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.delete_people($1, $2, $3);
