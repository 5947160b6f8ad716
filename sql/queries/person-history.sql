-- The changes of one person, the latest first, with the values before and after each.
-- @token: text
-- @id: text
-- @before_key: bigint?, the last key of the page before
-- @n_rows: integer, at most 1000
-- Returns: many history
--   key: bigint
--   operation: text, create, update, delete or restore
--   at: timestamp
--   author: text?
--   is_mine: boolean
--   name: text?
--   email: text?
--   phone: text?
--   created_at: timestamp?
--   updated_at: timestamp?
--   new_name: text?
--   new_email: text?
--   new_phone: text?
--   new_created_at: timestamp?
--   new_updated_at: timestamp?
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT key, operation, at, author, is_mine, name, email, phone_number AS phone, created_at,
  updated_at, new_name, new_email, new_phone_number AS new_phone, new_created_at, new_updated_at
FROM roster.person_history($1, $2, $3, $4);
