-- How a copy of the directory comes to be, and stays what the directory is.

-- What tells this server from one that was restored from it: its own number, the database's, and how
-- often it was set back in time. Where the server does not tell its number, the database's remains.
CREATE FUNCTION roster.server_identity()
RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  database_oid text := (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database());
BEGIN
  RETURN (SELECT concat_ws('.', s.system_identifier, c.timeline_id, database_oid)
    FROM pg_control_system() AS s, pg_control_checkpoint() AS c);
EXCEPTION WHEN insufficient_privilege OR undefined_function THEN
  RETURN database_oid;
END
$$;
REVOKE ALL ON FUNCTION roster.server_identity FROM PUBLIC;

-- The cursor of the statement's own snapshot: what is not finished in it comes again, so that
-- nothing that commits late is lost. With it goes the last row of the history there is, by which the
-- server later knows that it has not been set back.
CREATE FUNCTION roster.current_cursor()
RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT concat_ws('/', roster.server_identity(), pg_snapshot_xmin(pg_current_snapshot()),
    coalesce((
      SELECT concat_ws('/', h.xid, h.key, h.nonce)
      FROM roster.people_history AS h
      WHERE h.xid < pg_snapshot_xmax(pg_current_snapshot())
      ORDER BY h.xid DESC, h.key DESC
      LIMIT 1), '0/0/0'));
END;
REVOKE ALL ON FUNCTION roster.current_cursor FROM PUBLIC;

-- The transaction from which on a cursor has not seen everything; NULL when the server cannot tell
-- any longer, or never gave it out.
CREATE FUNCTION roster.read_cursor(cursor text)
RETURNS xid8
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  part text[] := string_to_array(cursor, '/');
  since xid8;
BEGIN
  IF cursor !~ '^[0-9.]+/[0-9]{1,19}/[0-9]{1,19}/[0-9]{1,18}/[0-9a-f-]+$'
    OR part[1] <> roster.server_identity() THEN
    RETURN NULL;
  END IF;
  since := part[2]::xid8;
  IF since > pg_snapshot_xmax(pg_current_snapshot())
    OR since < (
      SELECT s.pruned_before FROM roster.settings AS s
      WHERE s.pruned_before <= pg_snapshot_xmax(pg_current_snapshot()))
    OR (part[5] <> '0' AND NOT EXISTS (
      SELECT FROM roster.people_history AS h
      WHERE h.xid = part[3]::xid8 AND h.key = part[4]::bigint AND h.nonce::text = part[5]))
    -- It was the last: then what is after it must all be new.
    OR EXISTS (
      SELECT FROM roster.people_history AS h
      WHERE h.xid < since AND (h.xid, h.key) > (part[3]::xid8, part[4]::bigint))
    OR EXISTS (
      SELECT FROM roster.people_history AS h
      WHERE h.operation = 'truncate' AND h.xid >= since
        AND h.xid < pg_snapshot_xmax(pg_current_snapshot())) THEN
    RETURN NULL;
  END IF;
  RETURN since;
END
$$;
REVOKE ALL ON FUNCTION roster.read_cursor FROM PUBLIC;

-- The first sync: this cursor, then all pages, then the changes since the cursor. A page is a range
-- of the table's blocks, read one after the other; who moves between pages meanwhile is among the
-- changes, as long as the table is the same file.
CREATE FUNCTION roster.begin_sync(token text)
RETURNS TABLE (cursor text, file oid, n_blocks bigint, n_people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM roster.require_session(token);
  RETURN QUERY
  SELECT roster.current_cursor(), pg_relation_filenode('public.people'),
    pg_relation_size('public.people') / current_setting('block_size')::bigint,
    greatest(c.reltuples, 0)::bigint
  FROM pg_class AS c
  WHERE c.oid = 'public.people'::regclass;
END
$$;
REVOKE ALL ON FUNCTION roster.begin_sync FROM PUBLIC;

CREATE FUNCTION roster.people_page(token text, file oid, first_block bigint, n_blocks bigint)
RETURNS SETOF roster.person
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  first tid;
  after_last tid;
BEGIN
  PERFORM roster.require_session(token);
  IF pg_relation_filenode('public.people') IS DISTINCT FROM file THEN
    RAISE EXCEPTION 'the table was written anew' USING ERRCODE = 'RS006';
  END IF;
  IF first_block IS NULL OR first_block NOT BETWEEN 0 AND 4294967294
    OR n_blocks IS NULL OR n_blocks NOT BETWEEN 1 AND 1000000 THEN
    RAISE EXCEPTION 'no such page' USING ERRCODE = 'RS005';
  END IF;
  first := format('(%s,0)', first_block)::tid;
  after_last := format('(%s,0)', least(first_block + n_blocks, 4294967295))::tid;
  RETURN QUERY
  SELECT p.id, p.name, p.email, p.phone_number, p.created_at, p.updated_at
  FROM public.people AS p
  WHERE p.ctid >= first AND p.ctid < after_last;
END
$$;
REVOKE ALL ON FUNCTION roster.people_page FROM PUBLIC;

-- Everybody who changed since the cursor, as they are now, or with nothing but their id when they
-- are gone; in the first row, whose id is NULL, the next cursor, which is NULL when the answer is:
-- read everything anew. All of it is of one snapshot, the calling statement's.
CREATE FUNCTION roster.changes_since(token text, cursor text)
RETURNS TABLE (
  next_cursor text, id text, name text, email text, phone_number text,
  created_at timestamp(3), updated_at timestamp(3), is_gone boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  since xid8;
BEGIN
  PERFORM roster.require_session(token);
  since := roster.read_cursor(changes_since.cursor);
  next_cursor := CASE WHEN since IS NOT NULL THEN roster.current_cursor() END;
  is_gone := false;
  RETURN NEXT;
  IF since IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT NULL::text, c.person_id, p.name, p.email, p.phone_number, p.created_at, p.updated_at,
    p.id IS NULL
  FROM (
    SELECT DISTINCT h.person_id
    FROM roster.people_history AS h
    -- What a restored server brought along from times that are still to come here is no change.
    WHERE h.xid >= since AND h.xid < pg_snapshot_xmax(pg_current_snapshot())
  ) AS c
  LEFT JOIN public.people AS p ON p.id = c.person_id;
END
$$;
REVOKE ALL ON FUNCTION roster.changes_since FROM PUBLIC;

-- What tells whether two have the same people: over the digests of every person's values, in the
-- order of their ids' bytes.
CREATE FUNCTION roster.digest_people()
RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT encode(sha256(coalesce(string_agg(sha256(convert_to(concat_ws(E'\x1f', p.id, p.name,
      p.email, p.phone_number, (extract(epoch FROM p.created_at) * 1000)::bigint,
      (extract(epoch FROM p.updated_at) * 1000)::bigint), 'UTF8')), ''::bytea
      ORDER BY p.id COLLATE "C"), '')), 'hex')
    FROM public.people AS p);
END
$$;
REVOKE ALL ON FUNCTION roster.digest_people FROM PUBLIC;

-- The digest for whoever is signed in, who can compute that of a copy too.
CREATE FUNCTION roster.people_digest(token text)
RETURNS TABLE (digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM roster.require_session(token);
  RETURN QUERY SELECT roster.digest_people();
END
$$;
REVOKE ALL ON FUNCTION roster.people_digest FROM PUBLIC;

-- The changes of one person, the latest first, with the values before and after each; before_key
-- continues where a page ended. What was removed for good is no one's any more.
CREATE FUNCTION roster.person_history(
  token text, person text, before_key bigint DEFAULT NULL, n_rows integer DEFAULT 50)
RETURNS TABLE (
  key bigint, operation text, at timestamp(3), author text, batch text,
  name text, email text, phone_number text, created_at timestamp(3), updated_at timestamp(3),
  new_name text, new_email text, new_phone_number text, new_created_at timestamp(3),
  new_updated_at timestamp(3), is_mine boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  reader text := roster.require_session(token);
  is_now jsonb := (SELECT to_jsonb(p) FROM public.people AS p WHERE p.id = person);
  purged_key bigint := (
    SELECT max(h.key)
    FROM roster.people_history AS h
    WHERE h.person_id = person AND h.operation = 'delete' AND h.before IS NULL);
BEGIN
  RETURN QUERY
  SELECT h.key,
    CASE WHEN h.operation = 'create' AND EXISTS (
      SELECT FROM roster.people_history AS d
      WHERE d.person_id = person AND d.operation = 'delete' AND d.key < h.key
        AND d.before IS NOT NULL)
      THEN 'restore' ELSE h.operation END,
    h.at, coalesce(u.name, u.email), h.batch,
    h.before ->> 'name', h.before ->> 'email', h.before ->> 'phone_number',
    (h.before ->> 'created_at')::timestamp(3), (h.before ->> 'updated_at')::timestamp(3),
    a.after ->> 'name', a.after ->> 'email', a.after ->> 'phone_number',
    (a.after ->> 'created_at')::timestamp(3), (a.after ->> 'updated_at')::timestamp(3),
    coalesce(h.user_id = reader, false)
  FROM roster.people_history AS h
  LEFT JOIN public.users AS u ON u.id = h.user_id
  LEFT JOIN LATERAL (
    SELECT n.before
    FROM roster.people_history AS n
    WHERE n.person_id = person AND n.key > h.key
    ORDER BY n.key
    LIMIT 1) AS n ON true
  CROSS JOIN LATERAL (
    SELECT CASE WHEN h.operation = 'delete' THEN NULL ELSE coalesce(n.before, is_now) END
  ) AS a (after)
  WHERE h.person_id = person AND (before_key IS NULL OR h.key < before_key)
    AND (purged_key IS NULL OR h.key > purged_key)
  ORDER BY h.key DESC
  LIMIT least(greatest(coalesce(n_rows, 0), 0), 1000);
END
$$;
REVOKE ALL ON FUNCTION roster.person_history FROM PUBLIC;

-- Who is deleted and can be had back, the latest first.
CREATE FUNCTION roster.recently_deleted(
  token text, before_key bigint DEFAULT NULL, n_rows integer DEFAULT 50)
RETURNS TABLE (
  key bigint, id text, name text, email text, phone_number text,
  deleted_at timestamp(3), author text, created_at timestamp(3), updated_at timestamp(3),
  is_mine boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  reader text := roster.require_session(token);
BEGIN
  RETURN QUERY
  SELECT h.key, h.person_id, h.before ->> 'name', h.before ->> 'email',
    h.before ->> 'phone_number', h.at, coalesce(u.name, u.email),
    (h.before ->> 'created_at')::timestamp(3), (h.before ->> 'updated_at')::timestamp(3),
    coalesce(h.user_id = reader, false)
  FROM roster.people_history AS h
  LEFT JOIN public.users AS u ON u.id = h.user_id
  WHERE h.operation = 'delete' AND h.before IS NOT NULL
    AND (before_key IS NULL OR h.key < before_key)
    AND NOT EXISTS (SELECT FROM public.people AS p WHERE p.id = h.person_id)
    AND NOT EXISTS (
      SELECT FROM roster.people_history AS l
      WHERE l.person_id = h.person_id AND l.operation = 'delete' AND l.key > h.key)
  ORDER BY h.key DESC
  LIMIT least(greatest(coalesce(n_rows, 0), 0), 1000);
END
$$;
REVOKE ALL ON FUNCTION roster.recently_deleted FROM PUBLIC;

-- How many there are of them.
CREATE FUNCTION roster.count_deleted(token text)
RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM roster.require_session(token);
  RETURN (
    SELECT count(DISTINCT h.person_id)
    FROM roster.people_history AS h
    WHERE h.operation = 'delete' AND h.before IS NOT NULL
      AND NOT EXISTS (SELECT FROM public.people AS p WHERE p.id = h.person_id)
      AND NOT EXISTS (
        SELECT FROM roster.people_history AS l
        WHERE l.person_id = h.person_id AND l.operation = 'delete' AND l.key > h.key));
END
$$;
REVOKE ALL ON FUNCTION roster.count_deleted FROM PUBLIC;
