-- Where a first sync begins: this cursor, then all pages of the file, then the changes since.
-- @token: text
-- Returns: one sync
--   cursor: text
--   file: oid
--   n_blocks: bigint
--   n_people: bigint, an estimate
-- Errors: NOT_SIGNED_IN, NOT_A_MEMBER
SELECT cursor, file, n_blocks, n_people FROM roster.begin_sync($1);
