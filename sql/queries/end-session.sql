-- Ends one of one's own sessions. Ending this one and asking again is NOT_SIGNED_IN.
-- @token: text
-- @session_id: text?, NULL for this one
-- Returns: nothing
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.end_session($1, $2);
