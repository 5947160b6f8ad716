-- Takes back what was done together, from the last change to the first, as one new batch: all of it,
-- or nothing when somebody has changed one of the same values since. What has become so anyway is no
-- conflict. Gives the receipt.
CREATE FUNCTION roster.undo_batch(token text, batch text, undone text)
RETURNS TABLE (
  n_people bigint, id text, name text, email text, phone_number text,
  created_at timestamp(3), updated_at timestamp(3))
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  change record;
  was jsonb;
  -- As the change left them.
  left_as jsonb;
  is_now jsonb;
  n_changes bigint := 0;
BEGIN
  IF NOT roster.begin_batch(token, undo_batch.batch) THEN
    RETURN QUERY SELECT * FROM roster.receipt(undo_batch.batch);
    RETURN;
  END IF;
  PERFORM FROM roster.batches AS b WHERE b.batch = undone;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such batch' USING ERRCODE = 'RS004';
  END IF;
  FOR change IN
    SELECT h.key, h.person_id, h.operation, h.before
    FROM roster.people_history AS h
    JOIN roster.batches AS b ON b.batch = undone AND h.xid = b.xid
    WHERE h.batch = undone
    ORDER BY h.key DESC
  LOOP
    was := change.before;
    SELECT to_jsonb(p) INTO is_now FROM public.people AS p WHERE p.id = change.person_id FOR UPDATE;
    SELECT h.before INTO left_as
    FROM roster.people_history AS h
    WHERE h.person_id = change.person_id AND h.key > change.key
    ORDER BY h.key
    LIMIT 1;
    IF NOT FOUND THEN
      left_as := is_now;
    END IF;
    CASE change.operation
      WHEN 'create' THEN
        IF is_now - 'updated_at' IS DISTINCT FROM left_as - 'updated_at'
          AND is_now IS NOT NULL THEN
          RAISE EXCEPTION 'changed since' USING ERRCODE = 'RS003';
        END IF;
        DELETE FROM public.people AS p WHERE p.id = change.person_id;
      WHEN 'delete' THEN
        IF was IS NULL THEN
          RAISE EXCEPTION 'removed for good' USING ERRCODE = 'RS004';
        ELSIF is_now IS NULL AND EXISTS (
          SELECT FROM roster.people_history AS h
          WHERE h.person_id = change.person_id AND h.key > change.key AND h.operation = 'delete'
            AND (h.before ->> 'name', h.before ->> 'email', h.before ->> 'phone_number')
              IS DISTINCT FROM (was ->> 'name', was ->> 'email', was ->> 'phone_number')
            AND NOT EXISTS (
              SELECT FROM roster.people_history AS l
              WHERE l.person_id = h.person_id AND l.operation = 'delete' AND l.key > h.key)) THEN
          RAISE EXCEPTION 'deleted since with other values' USING ERRCODE = 'RS003';
        END IF;
        INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
        VALUES (change.person_id, was ->> 'name', was ->> 'email', was ->> 'phone_number',
          (was ->> 'created_at')::timestamp(3), (was ->> 'updated_at')::timestamp(3))
        ON CONFLICT (id) DO NOTHING;
      WHEN 'update' THEN
        IF was IS NULL THEN
          RAISE EXCEPTION 'removed for good' USING ERRCODE = 'RS004';
        ELSIF is_now IS NULL OR EXISTS (
          SELECT FROM unnest(ARRAY['name', 'email', 'phone_number']) AS f (field)
          WHERE was ->> f.field IS DISTINCT FROM left_as ->> f.field
            AND is_now ->> f.field IS DISTINCT FROM left_as ->> f.field
            AND is_now ->> f.field IS DISTINCT FROM was ->> f.field) THEN
          RAISE EXCEPTION 'changed since' USING ERRCODE = 'RS003';
        END IF;
        UPDATE public.people AS p
        SET name = w.name, email = w.email, phone_number = w.phone_number
        FROM (
          SELECT
            CASE WHEN was ->> 'name' = left_as ->> 'name'
              THEN is_now ->> 'name' ELSE was ->> 'name' END,
            CASE WHEN was ->> 'email' = left_as ->> 'email'
              THEN is_now ->> 'email' ELSE was ->> 'email' END,
            CASE WHEN was ->> 'phone_number' = left_as ->> 'phone_number'
              THEN is_now ->> 'phone_number' ELSE was ->> 'phone_number' END
        ) AS w (name, email, phone_number)
        WHERE p.id = change.person_id
          AND (p.name, p.email, p.phone_number) IS DISTINCT FROM (w.name, w.email, w.phone_number);
    END CASE;
    n_changes := n_changes + 1;
  END LOOP;
  IF n_changes = 0 THEN
    RAISE EXCEPTION 'nothing of it is kept' USING ERRCODE = 'RS004';
  END IF;
  RETURN QUERY SELECT * FROM roster.receipt(undo_batch.batch);
END
$$;
REVOKE ALL ON FUNCTION roster.undo_batch FROM PUBLIC;
