-- $1: a session's id or somebody's e-mail. Gives how many ended.
WITH ended AS (
  DELETE FROM public.sessions AS s
  USING public.users AS u
  WHERE u.id = s.user_id AND (s.id = $1 OR lower(u.email) = lower($1))
  RETURNING s.id
)
SELECT count(*)::text FROM ended;
