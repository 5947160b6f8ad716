-- What the operator's tool asks for. The owner of the database may, and every role that is a member
-- of the owner's: members' roles are made and dropped by this schema's owner alone, because since
-- PostgreSQL 16 only who made a role can grant or drop it.

-- The verifier is the one of SCRAM-SHA-256 that the client computed; no password comes here.
CREATE FUNCTION roster.add_member(role name, email text, verifier text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF role !~ '^roster_[0-9a-z_]{1,50}$' OR role = 'roster_member'
    OR email !~ '^[^[:space:]@]+@[^[:space:]@]+$'
    OR verifier !~ '^SCRAM-SHA-256[$][0-9]+:[0-9A-Za-z+/=:$]+$' THEN
    RAISE EXCEPTION 'no acceptable member' USING ERRCODE = 'RS005';
  END IF;
  IF EXISTS (SELECT FROM roster.members AS m WHERE m.email = lower(add_member.email)) THEN
    RAISE EXCEPTION 'a member already' USING ERRCODE = 'RS003';
  END IF;
  EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION '
    'NOBYPASSRLS INHERIT PASSWORD %L', role, verifier);
  EXECUTE format('GRANT roster_member TO %I', role);
  -- Who is gone waits for nothing: a call is cancelled by closing the connection.
  EXECUTE format('ALTER ROLE %I SET client_connection_check_interval = %L', role, '2s');
  INSERT INTO roster.members (role, email, added_at) VALUES (role, lower(email), roster.now_utc());
END
$$;
REVOKE ALL ON FUNCTION roster.add_member FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roster.add_member TO pg_database_owner;

-- Their sessions and connections end with it; what they did stays. A role that has put something into
-- another database cannot be dropped from here: it stays, and can do nothing.
CREATE FUNCTION roster.remove_member(address text)
RETURNS name
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  removed name;
BEGIN
  DELETE FROM roster.members AS m WHERE m.email = lower(address) RETURNING m.role INTO removed;
  IF removed IS NULL THEN
    RAISE EXCEPTION 'no such member' USING ERRCODE = 'RS004';
  END IF;
  DELETE FROM public.sessions AS s
  USING public.users AS u
  WHERE u.id = s.user_id AND lower(u.email) = lower(address);
  IF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = removed) THEN
    RETURN removed;
  END IF;
  EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', removed);
  EXECUTE format('REVOKE roster_member FROM %I', removed);
  -- Whoever ends its connections and drops what belongs to it has to be in it.
  EXECUTE format('GRANT %I TO %I', removed, current_user);
  PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity AS a WHERE a.usename = removed;
  EXECUTE format('DROP OWNED BY %I', removed);
  BEGIN
    EXECUTE format('DROP ROLE %I', removed);
  EXCEPTION WHEN dependent_objects_still_exist THEN
    NULL;
  END;
  RETURN removed;
END
$$;
REVOKE ALL ON FUNCTION roster.remove_member FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roster.remove_member TO pg_database_owner;

-- Forgets expired sessions and tokens, and the history that is past its time. The history goes in
-- whole transactions, oldest first; a cursor from before that is answered with: read everything anew.
-- What was dumped from another server has that one's numbers, which can be still to come here: no
-- cursor knows of it.
CREATE FUNCTION roster.prune()
RETURNS TABLE (n_sessions bigint, n_tokens bigint, n_changes bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  horizon xid8;
  moment timestamp(3) := roster.now_utc();
  kept_since timestamp(3);
BEGIN
  DELETE FROM public.sessions AS s WHERE s.expires <= moment;
  GET DIAGNOSTICS n_sessions = ROW_COUNT;
  DELETE FROM public.verification_tokens AS t WHERE t.expires <= moment;
  GET DIAGNOSTICS n_tokens = ROW_COUNT;

  SELECT moment - t.history_days * interval '1 day' INTO kept_since FROM roster.settings AS t;
  -- The first transaction that is to stay, or the first that is not over.
  SELECT least(pg_snapshot_xmin(pg_current_snapshot()), min(h.xid)) INTO horizon
  FROM roster.people_history AS h
  WHERE h.at > kept_since;
  DELETE FROM roster.people_history AS h
  WHERE h.xid < horizon
    OR (h.xid >= pg_snapshot_xmax(pg_current_snapshot()) AND h.at <= kept_since);
  GET DIAGNOSTICS n_changes = ROW_COUNT;
  IF n_changes > 0 THEN
    DELETE FROM roster.batches AS b
    WHERE NOT EXISTS (SELECT FROM roster.people_history AS h WHERE h.xid = b.xid)
      AND (b.xid < horizon OR b.xid >= pg_snapshot_xmax(pg_current_snapshot()));
    UPDATE roster.settings SET pruned_before = horizon
    WHERE pruned_before < horizon OR pruned_before > pg_snapshot_xmax(pg_current_snapshot());
  END IF;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION roster.prune FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roster.prune TO pg_database_owner;

GRANT USAGE ON SCHEMA roster TO pg_database_owner;
GRANT SELECT ON ALL TABLES IN SCHEMA roster TO pg_database_owner;
GRANT UPDATE (session_days, history_days) ON roster.settings TO pg_database_owner;
