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

-- Gives how many of them there were.
CREATE FUNCTION roster.delete_people(token text, batch text, ids text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  n_deleted bigint := 0;
BEGIN
  IF roster.begin_batch(token, batch) THEN
    -- Everybody locks people in the same order.
    PERFORM FROM public.people AS p WHERE p.id = ANY (ids) ORDER BY p.id FOR UPDATE;
    DELETE FROM public.people AS p WHERE p.id = ANY (ids);
    GET DIAGNOSTICS n_deleted = ROW_COUNT;
  END IF;
  RETURN n_deleted;
END
$$;
REVOKE ALL ON FUNCTION roster.delete_people FROM PUBLIC;

-- Brings people back as they were when they were last deleted.
CREATE FUNCTION roster.restore_people(token text, batch text, ids text[])
RETURNS SETOF roster.person
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  moment timestamp(3) := roster.now_utc();
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
      greatest(moment, (h.before ->> 'updated_at')::timestamp(3) + interval '1 ms')
    FROM roster.people_history AS h
    WHERE h.person_id = ANY (ids) AND h.operation = 'delete' AND h.before IS NOT NULL
    ORDER BY h.person_id, h.key DESC
    ON CONFLICT (id) DO NOTHING;
  END IF;
  RETURN QUERY
  SELECT p.id, p.name, p.email, p.phone_number, p.created_at, p.updated_at
  FROM public.people AS p
  WHERE p.id = ANY (ids);
END
$$;
REVOKE ALL ON FUNCTION roster.restore_people FROM PUBLIC;

-- Removes people for good, with every value that was ever theirs. That somebody was there and is gone
-- stays, so that every copy of the directory hears of it; it says nothing about whom.
CREATE FUNCTION roster.purge_people(token text, batch text, ids text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  n_purged bigint;
BEGIN
  PERFORM roster.begin_batch(token, batch);
  PERFORM FROM public.people AS p WHERE p.id = ANY (ids) ORDER BY p.id FOR UPDATE;
  DELETE FROM public.people AS p WHERE p.id = ANY (ids);
  UPDATE roster.people_history AS h SET before = NULL
  WHERE h.person_id = ANY (ids) AND h.before IS NOT NULL;
  SELECT count(DISTINCT h.person_id) INTO n_purged
  FROM roster.people_history AS h
  WHERE h.person_id = ANY (ids);
  RETURN n_purged;
END
$$;
REVOKE ALL ON FUNCTION roster.purge_people FROM PUBLIC;

-- All of them or nobody; the arrays go side by side. Gives how many there are of them now.
CREATE FUNCTION roster.import_people(
  token text, batch text, ids text[], names text[], emails text[], phone_numbers text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  moment timestamp(3) := roster.now_utc();
  n_imported bigint;
BEGIN
  IF roster.begin_batch(token, import_people.batch) THEN
    IF (cardinality(ids) = cardinality(names) AND cardinality(ids) = cardinality(emails)
      AND cardinality(ids) = cardinality(phone_numbers)) IS NOT TRUE THEN
      RAISE EXCEPTION 'values are missing' USING ERRCODE = 'RS005';
    END IF;
    PERFORM roster.check_values(r.id, r.name, r.email, r.phone_number)
    FROM unnest(ids, names, emails, phone_numbers) AS r (id, name, email, phone_number);
    INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
    SELECT r.id, r.name, r.email, r.phone_number, moment, moment
    FROM unnest(ids, names, emails, phone_numbers) AS r (id, name, email, phone_number);
    GET DIAGNOSTICS n_imported = ROW_COUNT;
  ELSE
    SELECT count(*) INTO n_imported FROM public.people AS p WHERE p.id = ANY (ids);
  END IF;
  RETURN n_imported;
END
$$;
REVOKE ALL ON FUNCTION roster.import_people FROM PUBLIC;
