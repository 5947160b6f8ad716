-- Counts, and digests that a copy of the directory can compute too: over every person's values in
-- the order of their ids. Then what does not belong together.
SELECT 'people', count(*)::text FROM public.people
UNION ALL
SELECT 'digest', encode(sha256(convert_to(coalesce(string_agg(concat_ws(E'\x1f', p.id, p.name,
  p.email, p.phone_number, (extract(epoch FROM p.created_at) * 1000)::bigint,
  (extract(epoch FROM p.updated_at) * 1000)::bigint), E'\x1e' ORDER BY p.id COLLATE "C"), ''),
  'UTF8')), 'hex')
FROM public.people AS p
UNION ALL
SELECT 'users', count(*)::text FROM public.users
UNION ALL
SELECT 'sessions', count(*)::text FROM public.sessions
UNION ALL
SELECT 'changes', count(*)::text FROM roster.people_history
UNION ALL
SELECT 'users-without-account', count(*)::text FROM public.users AS u
WHERE NOT EXISTS (SELECT FROM public.accounts AS a WHERE a.user_id = u.id)
UNION ALL
SELECT 'orphans', ((SELECT count(*) FROM public.accounts AS a
    WHERE NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = a.user_id))
  + (SELECT count(*) FROM public.sessions AS s
    WHERE NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = s.user_id)))::text
UNION ALL
SELECT 'people-not-in-history', count(*)::text FROM public.people AS p
WHERE NOT EXISTS (SELECT FROM roster.people_history AS h WHERE h.person_id = p.id)
  AND p.created_at > (SELECT m.applied_at FROM roster.migrations AS m ORDER BY m.name LIMIT 1)
UNION ALL
SELECT 'triggers-disabled', count(*)::text FROM pg_trigger AS t
WHERE t.tgrelid = 'public.people'::regclass AND t.tgname LIKE 'roster\_%' AND t.tgenabled = 'D'
UNION ALL
SELECT 'triggers', count(*)::text FROM pg_trigger AS t
WHERE t.tgrelid = 'public.people'::regclass AND t.tgname LIKE 'roster\_%';
