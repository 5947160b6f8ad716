-- cache-many
-- Parameters: none
-- Columns: none
--
-- While very many people are written: the pages of the indexes that their ids and e-mails are found
-- in, which lie there in no order. Beyond the cache each of them would be written into the log and
-- read again for almost every person. It is filled only as far as the transaction goes.
PRAGMA cache_size = -262144;
