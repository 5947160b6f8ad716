-- The people in some blocks of the file, in no order.
-- @token: text
-- @file: oid, as the sync began with
-- @first_block: bigint
-- @n_blocks: bigint, at least 1
-- Returns: many person
--   id: text
--   name: text
--   email: text
--   phone: text
--   created_at: timestamp
--   updated_at: timestamp
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, CONFLICT (the file is another one: begin anew)
SELECT id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.people_page($1, $2, $3, $4);
