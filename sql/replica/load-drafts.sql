-- load-drafts
-- Parameters: none
-- Columns: as the parameters of save-draft
--
-- The newest first.
SELECT id, name, email, phone, typed_at, base_name, base_email, base_phone
FROM draft
ORDER BY typed_at DESC, id;
