-- Keeps a session that is used alive.
-- @token: text
-- Returns: one session_end
--   expires_at: timestamp
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.touch_session($1) AS expires_at;
