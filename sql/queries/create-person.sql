-- Adds somebody. The same id again is the same person, as they are now.
-- @token: text
-- @batch: text, a cuid
-- @id: text, a cuid
-- @name: text
-- @email: text
-- @phone: text
-- Returns: one person
--   id: text
--   name: text
--   email: text
--   phone: text
--   created_at: timestamp
--   updated_at: timestamp
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, INVALID, DUPLICATE_EMAIL, NOT_FOUND (deleted meanwhile)
SELECT id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.create_person($1, $2, $3, $4, $5, $6);
