-- Who is deleted and can be had back, the latest first.
-- @token: text
-- @before_key: bigint?, the last key of the page before
-- @n_rows: integer, at most 1000
-- Returns: many deletion
--   key: bigint
--   id: text
--   name: text?
--   email: text?
--   phone: text?
--   created_at: timestamp?
--   updated_at: timestamp?
--   at: timestamp
--   author: text?
--   is_mine: boolean
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT key, id, name, email, phone_number AS phone, created_at, updated_at, deleted_at AS at,
  author, is_mine
FROM roster.recently_deleted($1, $2, $3);
