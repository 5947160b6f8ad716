-- What a member may do to people. What was done and is asked for again, because the answer was lost,
-- is not done twice.

-- The least that anybody must hold to; who calls can have plain literals read their backslashes
-- differently, so that none has any. What is good for people, the program says before it asks.
CREATE FUNCTION roster.check_values(id text, name text, email text, phone_number text)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF (id ~ '^c[0-9a-z]{24}$'
    AND name ~ '[^[:space:]]' AND length(name) <= 200 AND name !~ E'[\x01-\x1f\x7f]'
    AND email ~ '^[^[:space:]@]+@[^[:space:]@]+$' AND octet_length(email) <= 254
    AND email !~ E'[\x01-\x1f\x7f]'
    AND phone_number ~ '[^[:space:]]' AND length(phone_number) <= 40
    AND phone_number !~ E'[\x01-\x1f\x7f]') IS NOT TRUE THEN
    RAISE EXCEPTION 'no acceptable values' USING ERRCODE = 'RS005';
  END IF;
END
$$;
REVOKE ALL ON FUNCTION roster.check_values FROM PUBLIC;

-- The same id again is the same person, as they are now.
CREATE FUNCTION roster.create_person(
  token text, batch text, id text, name text, email text, phone_number text)
RETURNS SETOF roster.person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  moment timestamp(3) := roster.now_utc();
  is_new boolean := roster.begin_batch(token, create_person.batch);
BEGIN
  PERFORM roster.check_values(
    create_person.id, create_person.name, create_person.email, create_person.phone_number);
  IF is_new THEN
    INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
    VALUES (create_person.id, create_person.name, create_person.email, create_person.phone_number,
      moment, moment)
    ON CONFLICT (id) DO NOTHING;
  END IF;
  RETURN QUERY
  SELECT p.id, p.name, p.email, p.phone_number, p.created_at, p.updated_at
  FROM public.people AS p
  WHERE p.id = create_person.id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deleted meanwhile' USING ERRCODE = 'RS004';
  END IF;
END
$$;
REVOKE ALL ON FUNCTION roster.create_person FROM PUBLIC;

-- Field by field: one whose new value is NULL is left as it is; one that no longer has its base value,
-- nor the new one already, is in conflict, and then nothing is written. Gives the person as they are
-- now and the names of the fields in conflict.
CREATE FUNCTION roster.update_person(
  token text, batch text, person text,
  base_name text, new_name text, base_email text, new_email text,
  base_phone_number text, new_phone_number text)
RETURNS TABLE (
  id text, name text, email text, phone_number text,
  created_at timestamp(3), updated_at timestamp(3), conflicts text[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  is_new boolean := roster.begin_batch(token, update_person.batch);
  was roster.person;
  wanted roster.person;
  fields text[] := '{}';
BEGIN
  SELECT p.id, p.name, p.email, p.phone_number, p.created_at, p.updated_at INTO was
  FROM public.people AS p
  WHERE p.id = person
  FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such person' USING ERRCODE = 'RS004';
  END IF;
  wanted := was;
  wanted.name := coalesce(new_name, was.name);
  wanted.email := coalesce(new_email, was.email);
  wanted.phone_number := coalesce(new_phone_number, was.phone_number);
  IF is_new THEN
    PERFORM roster.check_values(wanted.id, wanted.name, wanted.email, wanted.phone_number);
    IF wanted.name <> was.name AND was.name IS DISTINCT FROM base_name THEN
      fields := fields || 'name'::text;
    END IF;
    IF wanted.email <> was.email AND was.email IS DISTINCT FROM base_email THEN
      fields := fields || 'email'::text;
    END IF;
    IF wanted.phone_number <> was.phone_number
      AND was.phone_number IS DISTINCT FROM base_phone_number THEN
      fields := fields || 'phone_number'::text;
    END IF;
    IF fields = '{}' AND wanted IS DISTINCT FROM was THEN
      UPDATE public.people AS p
      SET name = wanted.name, email = wanted.email, phone_number = wanted.phone_number
      WHERE p.id = person;
    ELSIF fields <> '{}' THEN
      -- Nothing was done: the same batch may come again with other base values.
      DELETE FROM roster.batches AS b WHERE b.batch = update_person.batch;
    END IF;
  END IF;
  RETURN QUERY
  SELECT p.id, p.name, p.email, p.phone_number, p.created_at, p.updated_at, fields
  FROM public.people AS p
  WHERE p.id = person;
END
$$;
REVOKE ALL ON FUNCTION roster.update_person FROM PUBLIC;

-- What came of a batch: how many people it changed, and the last of them, as they are now or as they
-- were when it deleted them.
CREATE FUNCTION roster.receipt(done text)
RETURNS TABLE (
  n_people bigint, id text, name text, email text, phone_number text,
  created_at timestamp(3), updated_at timestamp(3))
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH changes AS MATERIALIZED (
    SELECT h.key, h.person_id, h.before
    FROM roster.batches AS b
    JOIN roster.people_history AS h ON h.xid = b.xid AND h.batch = b.batch
    WHERE b.batch = done
  )
  SELECT c.n, l.person_id, l.values ->> 'name', l.values ->> 'email',
    l.values ->> 'phone_number', (l.values ->> 'created_at')::timestamp(3),
    (l.values ->> 'updated_at')::timestamp(3)
  FROM (SELECT count(DISTINCT changes.person_id) AS n FROM changes) AS c
  LEFT JOIN (
    SELECT changes.person_id, coalesce(to_jsonb(p), changes.before) AS values
    FROM changes
    LEFT JOIN public.people AS p ON p.id = changes.person_id
    ORDER BY changes.key DESC
    LIMIT 1
  ) AS l ON l.values IS NOT NULL;
END
$$;
REVOKE ALL ON FUNCTION roster.receipt FROM PUBLIC;

-- Gives the receipt; the same however often it is asked for.
CREATE FUNCTION roster.delete_people(token text, batch text, ids text[])
RETURNS TABLE (
  n_people bigint, id text, name text, email text, phone_number text,
  created_at timestamp(3), updated_at timestamp(3))
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF roster.begin_batch(token, delete_people.batch) THEN
    -- Everybody locks people in the same order.
    PERFORM FROM public.people AS p WHERE p.id = ANY (ids) ORDER BY p.id FOR UPDATE;
    DELETE FROM public.people AS p WHERE p.id = ANY (ids);
  END IF;
  RETURN QUERY SELECT * FROM roster.receipt(delete_people.batch);
END
$$;
REVOKE ALL ON FUNCTION roster.delete_people FROM PUBLIC;

-- Brings people back as they were when they were last deleted. Gives the receipt.
CREATE FUNCTION roster.restore_people(token text, batch text, ids text[])
RETURNS TABLE (
  n_people bigint, id text, name text, email text, phone_number text,
  created_at timestamp(3), updated_at timestamp(3))
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF roster.begin_batch(token, restore_people.batch) THEN
    IF EXISTS (
      SELECT FROM unnest(ids) AS i (id)
      WHERE NOT EXISTS (SELECT FROM public.people AS p WHERE p.id = i.id)
        AND NOT EXISTS (
          SELECT FROM roster.people_history AS h
          WHERE h.person_id = i.id AND h.operation = 'delete' AND h.before IS NOT NULL)) THEN
      RAISE EXCEPTION 'somebody was removed for good' USING ERRCODE = 'RS004';
    END IF;
    INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
    SELECT DISTINCT ON (h.person_id) h.person_id, h.before ->> 'name', h.before ->> 'email',
      h.before ->> 'phone_number', (h.before ->> 'created_at')::timestamp(3),
      (h.before ->> 'updated_at')::timestamp(3)
    FROM roster.people_history AS h
    WHERE h.person_id = ANY (ids) AND h.operation = 'delete' AND h.before IS NOT NULL
    ORDER BY h.person_id, h.key DESC
    ON CONFLICT (id) DO NOTHING;
  END IF;
  RETURN QUERY SELECT * FROM roster.receipt(restore_people.batch);
END
$$;
REVOKE ALL ON FUNCTION roster.restore_people FROM PUBLIC;

-- Removes the deleted for good, with every value that was ever theirs: those named, or all. That
-- somebody was there and is gone stays, so that every copy of the directory hears of it; it says
-- nothing about whom. Who is there is passed over.
CREATE FUNCTION roster.purge_people(token text, batch text, ids text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  n_purged bigint;
BEGIN
  PERFORM roster.begin_batch(token, batch);
  WITH gone AS MATERIALIZED (
    SELECT DISTINCT h.person_id
    FROM roster.people_history AS h
    WHERE h.operation = 'delete' AND h.before IS NOT NULL
      AND (ids IS NULL OR h.person_id = ANY (ids))
      AND NOT EXISTS (SELECT FROM public.people AS p WHERE p.id = h.person_id)
  ), emptied AS (
    UPDATE roster.people_history AS h SET before = NULL
    FROM gone
    WHERE h.person_id = gone.person_id AND h.before IS NOT NULL
    RETURNING h.person_id
  )
  SELECT count(DISTINCT emptied.person_id) INTO n_purged FROM emptied;
  RETURN n_purged;
END
$$;
REVOKE ALL ON FUNCTION roster.purge_people FROM PUBLIC;

-- All of them or nobody; the arrays go side by side. Who is there already is not added again; times of
-- 0 are now. Gives them as they now are, in the same order.
CREATE FUNCTION roster.create_people(
  token text, batch text, ids text[], names text[], emails text[], phone_numbers text[],
  created_at_unix_ms bigint[], updated_at_unix_ms bigint[])
RETURNS SETOF roster.person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  moment timestamp(3) := roster.now_utc();
BEGIN
  IF roster.begin_batch(token, create_people.batch) THEN
    IF (cardinality(ids) = cardinality(names) AND cardinality(ids) = cardinality(emails)
      AND cardinality(ids) = cardinality(phone_numbers)
      AND cardinality(ids) = cardinality(created_at_unix_ms)
      AND cardinality(ids) = cardinality(updated_at_unix_ms)) IS NOT TRUE THEN
      RAISE EXCEPTION 'values are missing' USING ERRCODE = 'RS005';
    END IF;
    PERFORM roster.check_values(r.id, r.name, r.email, r.phone_number)
    FROM unnest(ids, names, emails, phone_numbers) AS r (id, name, email, phone_number);
    INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
    SELECT r.id, r.name, r.email, r.phone_number,
      coalesce(timestamp '1970-01-01' + nullif(r.created, 0) * interval '1 ms', moment),
      coalesce(timestamp '1970-01-01' + nullif(r.updated, 0) * interval '1 ms', moment)
    FROM unnest(ids, names, emails, phone_numbers, created_at_unix_ms, updated_at_unix_ms)
      AS r (id, name, email, phone_number, created, updated)
    ON CONFLICT (id) DO NOTHING;
  END IF;
  RETURN QUERY
  SELECT p.id, p.name, p.email, p.phone_number, p.created_at, p.updated_at
  FROM unnest(ids) WITH ORDINALITY AS i (id, place)
  JOIN public.people AS p ON p.id = i.id
  ORDER BY i.place;
END
$$;
REVOKE ALL ON FUNCTION roster.create_people FROM PUBLIC;
