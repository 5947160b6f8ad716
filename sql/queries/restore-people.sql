-- Brings people back as they were when they were deleted, or nobody.
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
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, DUPLICATE_EMAIL, NOT_FOUND (removed for good)
SELECT n_people, id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.restore_people($1, $2, $3);
