-- E-mail, role, since when, whether they have signed in, whether they have a login on this server.
SELECT m.email, m.role, to_char(m.added_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  EXISTS (SELECT FROM public.users AS u WHERE lower(u.email) = m.email)::text,
  EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = m.role)::text
FROM roster.members AS m
ORDER BY m.email;
