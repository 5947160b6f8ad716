-- Roster's own schema, and what is recorded of it.
CREATE SCHEMA roster;
REVOKE ALL ON SCHEMA roster FROM PUBLIC;

CREATE TABLE roster.migrations (
  name text PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamp(3) NOT NULL
);

-- One row.
CREATE TABLE roster.settings (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  session_days integer NOT NULL DEFAULT 30 CHECK (session_days BETWEEN 1 AND 365),
  history_days integer NOT NULL DEFAULT 365 CHECK (history_days BETWEEN 1 AND 36500),
  -- Whatever transaction before this one changed may be missing from the history.
  pruned_before xid8 NOT NULL DEFAULT '0'
);
INSERT INTO roster.settings DEFAULT VALUES;

-- Which e-mail a login role may sign in with; in lower case.
CREATE TABLE roster.members (
  role name PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  added_at timestamp(3) NOT NULL
);

-- The time as everything here keeps it: UTC, in milliseconds, whatever the session's time zone.
CREATE FUNCTION roster.now_utc()
RETURNS timestamp(3)
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
RETURN date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC')::timestamp(3);
REVOKE ALL ON FUNCTION roster.now_utc FROM PUBLIC;

-- A person as the functions give it: not the table's own type, which the web application may change.
CREATE TYPE roster.person AS (
  id text,
  name text,
  email text,
  phone_number text,
  created_at timestamp(3),
  updated_at timestamp(3)
);
REVOKE ALL ON TYPE roster.person FROM PUBLIC;
