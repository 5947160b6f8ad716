-- For this transaction.
CREATE TEMPORARY TABLE staged_people (LIKE public.people) ON COMMIT DROP;
