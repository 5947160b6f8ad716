-- One's own sessions, the one that lasts longest first.
-- @token: text
-- Returns: many session
--   id: text
--   expires_at: timestamp
--   is_this: boolean
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT id, expires AS expires_at, is_this FROM roster.my_sessions($1);
