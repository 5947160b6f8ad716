-- drop-email-key
-- Parameters: none
-- Columns: none
--
-- Where an authority elsewhere decides, the replica takes what it is told, in any order: two may
-- have the same e-mail until the next page is there.
DROP INDEX IF EXISTS people_email_key;
