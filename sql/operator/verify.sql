-- Counts, and the digest that a copy of the directory can compute too. Then what does not belong
-- together.
SELECT 'people', count(*)::text FROM public.people
UNION ALL
SELECT 'digest', roster.digest_people()
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
  -- Since Roster follows them, and as far as the history is kept.
  AND p.created_at > (SELECT min(m.applied_at) FROM roster.migrations AS m)
  AND p.created_at > coalesce(
    (SELECT max(h.at) FROM roster.people_history AS h WHERE h.operation = 'truncate'), '-infinity')
  AND p.created_at > (SELECT roster.now_utc() - s.history_days * interval '1 day'
    FROM roster.settings AS s)
UNION ALL
SELECT 'triggers-missing', (5 - count(*))::text FROM pg_trigger AS t
WHERE t.tgrelid = 'public.people'::regclass AND starts_with(t.tgname, 'roster_')
  AND t.tgenabled IN ('O', 'A')
UNION ALL
SELECT 'open-to-everybody', count(*)::text FROM pg_proc AS p
WHERE p.pronamespace = 'roster'::regnamespace AND has_function_privilege('public', p.oid, 'EXECUTE')
UNION ALL
-- Rights that somebody gave to everybody.
SELECT 'open-to-members', (count(c)
  + count(DISTINCT g.oid) FILTER (WHERE has_schema_privilege(g.oid, 'public', 'CREATE')))::text
FROM pg_roles AS g
LEFT JOIN pg_class AS c
  ON c.relnamespace IN ('public'::regnamespace, 'roster'::regnamespace)
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (has_table_privilege(g.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
    OR has_any_column_privilege(g.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
WHERE g.rolname = 'roster_member';
