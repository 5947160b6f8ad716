-- Signing in as Auth.js does it for Google, and the sessions that come of it. Nobody reads anybody
-- else's session, and nobody at all a token, but their own new one.

-- By provider and subject; the same e-mail under another subject is refused, not linked. What is
-- there already stays as it is. Ids come from the client; the same session_id again is the same
-- session, so that a sign-in whose answer was lost can be repeated.
CREATE FUNCTION roster.sign_in(
  new_user_id text, new_account_id text, new_session_id text,
  subject text, user_email text, email_is_verified boolean, user_name text, user_image text,
  sealed_access_token text, sealed_refresh_token text, sealed_id_token text,
  token_expires_at integer, token_scope text)
RETURNS TABLE (user_id text, session_token text, expires timestamp(3))
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  bound text := roster.gate();
  address text := lower(user_email);
  found_user text;
  found_email text;
BEGIN
  IF email_is_verified IS NOT TRUE OR coalesce(subject, '') = '' OR coalesce(address, '') = '' THEN
    RAISE EXCEPTION 'no verified e-mail' USING ERRCODE = 'RS002';
  END IF;
  IF concat_ws(' ', new_user_id, new_account_id, new_session_id)
    !~ '^(c[0-9a-z]{24} ){2}c[0-9a-z]{24}$' THEN
    RAISE EXCEPTION 'no ids' USING ERRCODE = 'RS005';
  END IF;
  -- One at a time for a subject: two first sign-ins at once make one user.
  PERFORM pg_advisory_xact_lock(hashtextextended('roster.sign_in ' || subject, 0));

  SELECT u.id, lower(u.email) INTO found_user, found_email
  FROM public.accounts AS a
  JOIN public.users AS u ON u.id = a.user_id
  WHERE a.provider = 'google' AND a.provider_account_id = subject;
  -- Whose it is becomes known only to whom it is.
  IF coalesce(found_email, address) <> bound THEN
    RAISE EXCEPTION 'this role signs in somebody else' USING ERRCODE = 'RS007';
  END IF;
  IF found_user IS NULL THEN
    IF EXISTS (SELECT FROM public.users AS u WHERE lower(u.email) = address) THEN
      RAISE EXCEPTION 'this e-mail belongs to another account' USING ERRCODE = 'RS008';
    END IF;
    INSERT INTO public.users (id, name, email, image)
    VALUES (new_user_id, user_name, address, user_image);
    INSERT INTO public.accounts (id, user_id, type, provider, provider_account_id,
      refresh_token, access_token, expires_at, token_type, scope, id_token)
    VALUES (new_account_id, new_user_id, 'oidc', 'google', subject,
      sealed_refresh_token, sealed_access_token, token_expires_at, 'bearer', token_scope,
      sealed_id_token);
    found_user := new_user_id;
  END IF;

  INSERT INTO public.sessions (id, session_token, user_id, expires)
  SELECT new_session_id, gen_random_uuid()::text, found_user,
    roster.now_utc() + s.session_days * interval '1 day'
  FROM roster.settings AS s
  ON CONFLICT (id) DO NOTHING;
  RETURN QUERY
  SELECT s.user_id, s.session_token, s.expires
  FROM public.sessions AS s
  WHERE s.id = new_session_id AND s.user_id = found_user;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this session is somebody else''s' USING ERRCODE = 'RS002';
  END IF;
END
$$;
REVOKE ALL ON FUNCTION roster.sign_in FROM PUBLIC;

-- Keeps a session that is used alive: from the time it is a day old, for its whole length again.
CREATE FUNCTION roster.touch_session(token text)
RETURNS timestamp(3)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  result timestamp(3);
BEGIN
  PERFORM roster.require_session(token);
  UPDATE public.sessions AS s
  SET expires = roster.now_utc() + t.session_days * interval '1 day'
  FROM roster.settings AS t
  WHERE s.session_token = token
    AND s.expires <= roster.now_utc() + (t.session_days - 1) * interval '1 day';
  SELECT s.expires INTO result FROM public.sessions AS s WHERE s.session_token = token;
  RETURN result;
END
$$;
REVOKE ALL ON FUNCTION roster.touch_session FROM PUBLIC;

CREATE FUNCTION roster.my_sessions(token text)
RETURNS TABLE (id text, expires timestamp(3), is_this boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  mine text := roster.require_session(token);
BEGIN
  RETURN QUERY
  SELECT s.id, s.expires, s.session_token = token
  FROM public.sessions AS s
  WHERE s.user_id = mine AND s.expires > clock_timestamp() AT TIME ZONE 'UTC'
  ORDER BY s.expires DESC, s.id;
END
$$;
REVOKE ALL ON FUNCTION roster.my_sessions FROM PUBLIC;

-- Ends one of one's own, this one to sign out; one that is gone already is fine.
CREATE FUNCTION roster.end_session(token text, session_id text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  mine text := roster.require_session(token);
BEGIN
  DELETE FROM public.sessions AS s
  WHERE s.user_id = mine
    AND CASE WHEN session_id IS NULL THEN s.session_token = token ELSE s.id = session_id END;
END
$$;
REVOKE ALL ON FUNCTION roster.end_session FROM PUBLIC;

CREATE FUNCTION roster.end_other_sessions(token text)
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  mine text := roster.require_session(token);
  n_ended integer;
BEGIN
  DELETE FROM public.sessions AS s WHERE s.user_id = mine AND s.session_token <> token;
  GET DIAGNOSTICS n_ended = ROW_COUNT;
  RETURN n_ended;
END
$$;
REVOKE ALL ON FUNCTION roster.end_other_sessions FROM PUBLIC;

-- With all accounts and sessions; people and their history stay.
CREATE FUNCTION roster.delete_my_account(token text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  mine text := roster.require_session(token);
BEGIN
  UPDATE roster.people_history AS h SET user_id = NULL WHERE h.user_id = mine;
  DELETE FROM public.users AS u WHERE u.id = mine;
END
$$;
REVOKE ALL ON FUNCTION roster.delete_my_account FROM PUBLIC;
