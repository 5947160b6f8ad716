-- Every change of people, whoever made it, in the transaction that made it.
--
-- The values are those before the change: after it they are those before the next change of the same
-- person, or the person as it is now. A statement writes one nonce: a server that was set back and
-- came as far again has another one at the same place.
CREATE TABLE roster.people_history (
  xid xid8 NOT NULL,
  key bigint GENERATED ALWAYS AS IDENTITY,
  nonce uuid NOT NULL,
  -- NULL: everybody
  person_id text CHECK (person_id IS NOT NULL OR operation = 'truncate'),
  operation text NOT NULL CHECK (operation IN ('create', 'update', 'delete', 'truncate')),
  user_id text,
  at timestamp(3) NOT NULL,
  batch text,
  before jsonb,
  PRIMARY KEY (xid, key)
);
CREATE INDEX people_history_person_id ON roster.people_history (person_id);
CREATE INDEX people_history_deleted ON roster.people_history (key) WHERE operation = 'delete';

-- What was done together, by the one transaction that did it; makes a repeated call do nothing.
CREATE TABLE roster.batches (
  batch text PRIMARY KEY,
  xid xid8 NOT NULL,
  user_id text NOT NULL
);

-- Nothing in the triggers is bound to a column: their bodies are text, values are read as jsonb, and
-- without a column "id" there is nothing to tell. So the web application's own migrations, and its
-- writes after them, find nothing of Roster's in their way. They run as their owner, so that a role
-- with rights on people alone can change them.
CREATE FUNCTION roster.has_id(relation oid)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
RETURN EXISTS (
  SELECT FROM pg_attribute
  WHERE attrelid = relation AND attname = 'id' AND NOT attisdropped
);
REVOKE ALL ON FUNCTION roster.has_id FROM PUBLIC;

-- NOTIFY is only a hint that there is something to fetch; anybody may send one.
CREATE FUNCTION roster.record_insert()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  nonce uuid := gen_random_uuid();
  actor text := nullif(current_setting('roster.user_id', true), '');
  batch text := nullif(current_setting('roster.batch', true), '');
BEGIN
  IF NOT roster.has_id(TG_RELID) THEN
    RETURN NULL;
  END IF;
  INSERT INTO roster.people_history (xid, nonce, person_id, operation, user_id, at, batch)
  SELECT pg_current_xact_id(), nonce, n.id::text, 'create', actor, t.at, batch
  FROM new_rows AS n, (SELECT roster.now_utc() AS at OFFSET 0) AS t;
  IF FOUND THEN
    PERFORM pg_notify('roster_people', '');
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION roster.record_insert FROM PUBLIC;

-- An update that changes an id is the end of one person and the beginning of another.
CREATE FUNCTION roster.record_update()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  nonce uuid := gen_random_uuid();
  actor text := nullif(current_setting('roster.user_id', true), '');
  batch text := nullif(current_setting('roster.batch', true), '');
BEGIN
  IF NOT roster.has_id(TG_RELID) THEN
    RETURN NULL;
  END IF;
  INSERT INTO roster.people_history (xid, nonce, person_id, operation, user_id, at, batch, before)
  SELECT pg_current_xact_id(), nonce, r.id, r.operation, actor, t.at, batch, r.before
  FROM (
    SELECT o.id::text AS id, to_jsonb(o) AS before,
      CASE WHEN EXISTS (SELECT FROM new_rows AS n WHERE n.id = o.id)
        THEN 'update' ELSE 'delete' END AS operation
    FROM old_rows AS o
    UNION ALL
    SELECT n.id::text, NULL, 'create'
    FROM new_rows AS n
    WHERE NOT EXISTS (SELECT FROM old_rows AS o WHERE o.id = n.id)
  ) AS r, (SELECT roster.now_utc() AS at OFFSET 0) AS t;
  IF FOUND THEN
    PERFORM pg_notify('roster_people', '');
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION roster.record_update FROM PUBLIC;

CREATE FUNCTION roster.record_delete()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  nonce uuid := gen_random_uuid();
  actor text := nullif(current_setting('roster.user_id', true), '');
  batch text := nullif(current_setting('roster.batch', true), '');
BEGIN
  IF NOT roster.has_id(TG_RELID) THEN
    RETURN NULL;
  END IF;
  INSERT INTO roster.people_history (xid, nonce, person_id, operation, user_id, at, batch, before)
  SELECT pg_current_xact_id(), nonce, o.id::text, 'delete', actor, t.at, batch, to_jsonb(o)
  FROM old_rows AS o, (SELECT roster.now_utc() AS at OFFSET 0) AS t;
  IF FOUND THEN
    PERFORM pg_notify('roster_people', '');
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION roster.record_delete FROM PUBLIC;

-- TRUNCATE also takes what this transaction cannot see, so that everybody has to read anew; the rows
-- are for who wants to have somebody back.
CREATE FUNCTION roster.record_truncate()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  nonce uuid := gen_random_uuid();
  actor text := nullif(current_setting('roster.user_id', true), '');
  now_utc timestamp(3) := roster.now_utc();
BEGIN
  IF roster.has_id(TG_RELID) THEN
    INSERT INTO roster.people_history (xid, nonce, person_id, operation, user_id, at, before)
    SELECT pg_current_xact_id(), nonce, p.id::text, 'delete', actor, now_utc, to_jsonb(p)
    FROM public.people AS p;
  END IF;
  INSERT INTO roster.people_history (xid, nonce, operation, user_id, at)
  VALUES (pg_current_xact_id(), nonce, 'truncate', actor, now_utc);
  PERFORM pg_notify('roster_people', '');
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION roster.record_truncate FROM PUBLIC;

-- updated_at moves on every update, one by plain SQL included, and never back.
CREATE FUNCTION roster.move_updated_at()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  was text := to_jsonb(OLD) ->> 'updated_at';
BEGIN
  IF was IS DISTINCT FROM to_jsonb(NEW) ->> 'updated_at' OR was !~ '^[0-9]{4,}-[0-9]{2}-[0-9]{2}T' THEN
    RETURN NEW;
  END IF;
  RETURN jsonb_populate_record(NEW, jsonb_build_object('updated_at',
    to_char(greatest(roster.now_utc(), was::timestamp + interval '1 ms'),
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
END
$$;
REVOKE ALL ON FUNCTION roster.move_updated_at FROM PUBLIC;

-- Has Roster hear of every change of people from now on, also when the web application has made the
-- table anew. Runs as its caller, who owns the table.
CREATE FUNCTION roster.follow_people()
RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  CREATE OR REPLACE TRIGGER roster_move_updated_at BEFORE UPDATE ON public.people
  FOR EACH ROW EXECUTE FUNCTION roster.move_updated_at();

  CREATE OR REPLACE TRIGGER roster_record_insert AFTER INSERT ON public.people
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roster.record_insert();

  CREATE OR REPLACE TRIGGER roster_record_update AFTER UPDATE ON public.people
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roster.record_update();

  CREATE OR REPLACE TRIGGER roster_record_delete AFTER DELETE ON public.people
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roster.record_delete();

  CREATE OR REPLACE TRIGGER roster_record_truncate BEFORE TRUNCATE ON public.people
  FOR EACH STATEMENT EXECUTE FUNCTION roster.record_truncate();
END
$$;
REVOKE ALL ON FUNCTION roster.follow_people FROM PUBLIC;

SELECT roster.follow_people();
