-- Adds all of them or nobody; who is there already is not added again. The arrays go side by side.
-- @token: text
-- @batch: text, a cuid
-- @ids: text[]
-- @names: text[]
-- @emails: text[]
-- @phones: text[]
-- @created_at_unix_ms: text[], numbers; 0 is now
-- @updated_at_unix_ms: text[], likewise
-- Returns: many person
--   id: text
--   name: text
--   email: text
--   phone: text
--   created_at: timestamp
--   updated_at: timestamp
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER, INVALID, DUPLICATE_EMAIL
SELECT id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.create_people($1, $2, $3, $4, $5, $6, $7::text[]::bigint[], $8::text[]::bigint[]);
