-- The group that members' login roles are in, and all that it may do: call these functions. It belongs
-- to the server, not to a database, and does not come along when a database is restored elsewhere; what
-- lets somebody in here is roster.members. Runs as its caller, who owns the schema.
CREATE FUNCTION roster.let_members_in()
RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'roster_member') THEN
    CREATE ROLE roster_member NOLOGIN NOINHERIT;
  END IF;
  -- A restore takes that back together with a grant that fails.
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA roster FROM PUBLIC;
  GRANT USAGE ON SCHEMA roster TO roster_member;
  GRANT USAGE ON TYPE roster.person TO roster_member;
  GRANT EXECUTE ON FUNCTION
    roster.sign_in,
    roster.touch_session,
    roster.my_sessions,
    roster.end_session,
    roster.end_other_sessions,
    roster.delete_my_account,
    roster.begin_sync,
    roster.people_page,
    roster.changes_since,
    roster.people_digest,
    roster.person_history,
    roster.recently_deleted,
    roster.create_person,
    roster.update_person,
    roster.delete_people,
    roster.restore_people,
    roster.purge_people,
    roster.create_people,
    roster.count_deleted,
    roster.undo_batch
  TO roster_member;
END
$$;
REVOKE ALL ON FUNCTION roster.let_members_in FROM PUBLIC;

SELECT roster.let_members_in();
