-- What there is: backend process, version, the database's default time zone or the server's, who
-- may make roles, whether public may be written, whether there is a history, whether there is Roster,
-- whether it hears of all changes of people, whether the group that members are in can call its
-- functions, whether this user may give somebody that group.
SELECT pg_backend_pid(), current_setting('server_version'),
  coalesce((
    SELECT substr(setting, 10)
    FROM pg_db_role_setting AS s, unnest(s.setconfig) AS setting
    WHERE s.setrole = 0 AND setting LIKE 'TimeZone=%'
      AND s.setdatabase = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
  ), (SELECT reset_val FROM pg_settings WHERE name = 'TimeZone')),
  (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user),
  has_schema_privilege('public', 'CREATE'),
  has_database_privilege(current_database(), 'CREATE'),
  to_regclass('public._prisma_migrations') IS NOT NULL,
  to_regclass('roster.migrations') IS NOT NULL,
  (SELECT count(*) = 5 FROM pg_trigger AS t
    WHERE t.tgrelid = to_regclass('public.people') AND starts_with(t.tgname, 'roster_')
      AND t.tgenabled IN ('O', 'A')),
  EXISTS (
    SELECT FROM pg_roles AS g, pg_namespace AS n
    WHERE g.rolname = 'roster_member' AND n.nspname = 'roster'
      AND has_schema_privilege(g.oid, n.oid, 'USAGE')),
  -- Before PostgreSQL 16 whoever may make roles could.
  (SELECT r.rolcreaterole AND current_setting('server_version_num')::integer < 160000
    FROM pg_roles AS r WHERE r.rolname = current_user)
  OR NOT EXISTS (
    SELECT FROM pg_roles AS g
    WHERE g.rolname = 'roster_member'
      AND NOT pg_has_role(current_user, g.oid, 'MEMBER WITH ADMIN OPTION'));
