-- Who is there already stays as they are. Gives how many were added.
WITH added AS (
  INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
  SELECT s.id, s.name, s.email, s.phone_number, s.created_at, s.updated_at
  FROM pg_temp.staged_people AS s
  ON CONFLICT DO NOTHING
  RETURNING 1
)
SELECT count(*) FROM added;
