-- Who is there. Every function that a member may call asks first, in the same statement.
--
-- RS001 not signed in · RS002 not allowed · RS003 conflict · RS004 not found · RS005 not acceptable
-- RS006 the table was written anew, start the first sync again
-- RS007 this role signs in somebody else · RS008 this e-mail belongs to another account
-- RS009 this role is no member's

-- The e-mail that the login role is bound to; NULL for the owner's, which is bound to none. In here
-- current_user is the owner, session_user who logged in, whatever SET ROLE says.
CREATE FUNCTION roster.gate()
RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  bound text;
BEGIN
  SELECT m.email INTO bound FROM roster.members AS m WHERE m.role = session_user;
  IF NOT FOUND AND NOT pg_has_role(session_user, current_user, 'MEMBER') THEN
    RAISE EXCEPTION 'this role is no member''s' USING ERRCODE = 'RS009';
  END IF;
  RETURN bound;
END
$$;
REVOKE ALL ON FUNCTION roster.gate FROM PUBLIC;

-- The user whose session the token is, over their own role.
CREATE FUNCTION roster.require_session(token text)
RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  bound text := roster.gate();
  found_id text;
BEGIN
  SELECT u.id INTO found_id
  FROM public.sessions AS s
  JOIN public.users AS u ON u.id = s.user_id
  WHERE s.session_token = token
    AND s.expires > clock_timestamp() AT TIME ZONE 'UTC'
    AND (bound IS NULL OR lower(u.email) = bound);
  IF found_id IS NULL THEN
    RAISE EXCEPTION 'not signed in' USING ERRCODE = 'RS001';
  END IF;
  RETURN found_id;
END
$$;
REVOKE ALL ON FUNCTION roster.require_session FROM PUBLIC;

-- The same before a write: the history then says who, and of which batch. Returns the user.
CREATE FUNCTION roster.require_writer(token text, batch text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  user_id text := roster.require_session(token);
BEGIN
  PERFORM set_config('roster.user_id', user_id, true), set_config('roster.batch', batch, true);
  RETURN user_id;
END
$$;
REVOKE ALL ON FUNCTION roster.require_writer FROM PUBLIC;

-- Begins a batch; false when it was done already, so that a call whose answer was lost can be made
-- again. A batch of somebody else's cannot be named.
CREATE FUNCTION roster.begin_batch(token text, name text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  writer text := roster.require_writer(token, name);
BEGIN
  IF name IS NULL OR name !~ '^c[0-9a-z]{24}$' THEN
    RAISE EXCEPTION 'no batch id' USING ERRCODE = 'RS005';
  END IF;
  INSERT INTO roster.batches (batch, xid, user_id) VALUES (name, pg_current_xact_id(), writer)
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    RETURN true;
  END IF;
  IF NOT EXISTS (SELECT FROM roster.batches AS b WHERE b.batch = name AND b.user_id = writer) THEN
    RAISE EXCEPTION 'somebody else''s batch' USING ERRCODE = 'RS002';
  END IF;
  RETURN false;
END
$$;
REVOKE ALL ON FUNCTION roster.begin_batch FROM PUBLIC;
