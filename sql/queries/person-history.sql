-- The changes of one person, the latest first, with the values before each.
-- @token: text
-- @id: text
-- @before_key: bigint?, the last key of the page before
-- @n_rows: integer, at most 1000
-- Returns: many history
--   key: bigint
--   operation: text, create, update or delete
--   at: timestamp
--   author: text?
--   batch: text?
--   name: text?
--   email: text?
--   phone: text?
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT key, operation, at, author, batch, name, email, phone_number AS phone
FROM roster.person_history($1, $2, $3, $4);
