-- What tells whether a copy of the directory is what the server has.
-- @token: text
-- Returns: one people_digest
--   digest: text, hexadecimal
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT digest FROM roster.people_digest($1);
