-- Changes those fields whose new value is not NULL and that still have their base value. When one
-- has neither, nothing is written, and the row says which.
-- @token: text
-- @batch: text, a cuid
-- @id: text
-- @base_name: text?
-- @name: text?
-- @base_email: text?
-- @email: text?
-- @base_phone: text?
-- @phone: text?
-- Returns: one updated
--   id: text
--   name: text
--   email: text
--   phone: text
--   created_at: timestamp
--   updated_at: timestamp
--   name_conflicts: boolean
--   email_conflicts: boolean
--   phone_conflicts: boolean
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, INVALID, DUPLICATE_EMAIL, NOT_FOUND
SELECT id, name, email, phone_number AS phone, created_at, updated_at,
  'name' = ANY (conflicts) AS name_conflicts,
  'email' = ANY (conflicts) AS email_conflicts,
  'phone_number' = ANY (conflicts) AS phone_conflicts
FROM roster.update_person($1, $2, $3, $4, $5, $6, $7, $8, $9);
