-- E-mail, role, whether they have signed in.
SELECT m.email, m.role, to_char(m.added_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  EXISTS (SELECT FROM public.users AS u WHERE lower(u.email) = m.email)::text
FROM roster.members AS m
ORDER BY m.email;
