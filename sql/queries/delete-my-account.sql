-- Deletes one's own user with all accounts and sessions; people stay. Asking again is NOT_SIGNED_IN.
-- @token: text
-- Returns: nothing
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT roster.delete_my_account($1);
