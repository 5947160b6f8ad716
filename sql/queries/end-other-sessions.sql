-- Ends all of one's own sessions but this one.
-- @token: text
-- Returns: one ended
--   n_sessions: integer
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.end_other_sessions($1) AS n_sessions;
