-- Who changed since a cursor, as they are now. The first row has no id but the next cursor, or no
-- cursor either: then everything is to be read anew.
-- @token: text
-- @cursor: text
-- Returns: many change
--   next_cursor: text?
--   id: text?
--   name: text?, NULL like what follows when they are gone
--   email: text?
--   phone: text?
--   created_at: timestamp?
--   updated_at: timestamp?
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT next_cursor, id, name, email, phone_number AS phone, created_at, updated_at
FROM roster.changes_since($1, $2);
