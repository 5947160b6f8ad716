#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the catalog, so that nothing new can be forgotten: every relation and every function, with
every wrong kind of caller."""

import re

import psycopg2

import directory
import tap

EVERY_RELATION = """
  SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'roster') AND c.relkind IN ('r', 'v', 'm', 'S', 'p', 'f')"""
EVERY_FUNCTION = """
  SELECT p.oid, p.oid::regprocedure::text, p.proname, p.proargtypes::regtype[]::text[],
    p.prosecdef, p.proconfig, p.prorettype = 'trigger'::regtype,
    has_function_privilege('roster_member', p.oid, 'EXECUTE'),
    has_function_privilege('public', p.oid, 'EXECUTE')
  FROM pg_proc AS p WHERE p.pronamespace = 'roster'::regnamespace"""
# What a member may call without a token: it is where tokens come from.
WITHOUT_TOKEN = {"sign_in"}


class Security(directory.TeamCase):
    def functions(self):
        rows = self.owner.rows(EVERY_FUNCTION)
        self.assertGreater(len(rows), 20)
        return rows

    def call(self, name, types, token):
        places = ["%s"] + [f"NULL::{kind}" for kind in types[1:]]
        return f"SELECT * FROM roster.{name}({', '.join(places)})", token

    def doors(self):
        return [(name, types) for _, _, name, types, _, _, _, member, _ in self.functions() if member]

    def test_functions_are_pinned_and_nobodys(self):
        for _, signature, name, _, definer, config, _, member, public in self.functions():
            with self.subTest(signature):
                self.assertEqual(config, ["search_path=pg_catalog, pg_temp"])
                self.assertFalse(public)
                if member:
                    self.assertTrue(definer)

    def test_no_right_on_any_relation(self):
        member = self.member()
        role = member.value("SELECT current_user::text")
        relations = [row[0] for row in self.owner.rows(EVERY_RELATION)]
        self.assertGreater(len(relations), 8)
        for relation in relations:
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"):
                kind = "sequence" if relation.endswith("_seq") else "table"
                if kind == "sequence" and right not in ("SELECT", "UPDATE"):
                    continue
                with self.subTest(relation=relation, right=right):
                    self.assertFalse(self.owner.value(
                        f"SELECT has_{kind}_privilege(%s, %s, %s)", role, relation, right))  # fmt: skip
            with self.subTest(relation=relation):
                self.assert_refused("42501", member.rows, f"SELECT * FROM {relation}")

    def test_no_attribute_and_no_other_group(self):
        role = self.member().value("SELECT current_user::text")
        self.assertEqual(self.owner.rows(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = %s", role), [(False,) * 5])  # fmt: skip
        self.assertEqual(self.owner.rows(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", role),
            [("roster_member",)])  # fmt: skip
        self.assertEqual(self.owner.rows(
            "SELECT has_schema_privilege(%s, 'public', 'CREATE'),"
            " has_schema_privilege(%s, 'roster', 'CREATE'),"
            " has_database_privilege(%s, current_database(), 'CREATE')", role, role, role),
            [(False,) * 3])  # fmt: skip

    def test_every_wrong_caller_of_every_function(self):
        first = self.member("first@example.com")
        second = self.member("second@example.com")
        expired = self.member("expired@example.com")
        self.owner.rows("UPDATE public.sessions SET expires = '2020-01-01' WHERE session_token = %s",
                        expired.token)  # fmt: skip
        gone = self.member("gone@example.com")
        gone.call("end_session")
        # In the group, but not among this database's members.
        stray = self.connect(self.make_role("LOGIN IN ROLE roster_member"))
        outsider = self.connect(self.make_role())
        doors = self.doors()
        self.assertGreater(len(doors), 15)
        for name, types in doors:
            if name in WITHOUT_TOKEN:
                continue
            self.assertEqual(types[0], "text")
            for who, session, token, state in (
                ("no token", first, None, "RS001"),
                ("empty token", first, "", "RS001"),
                ("made-up token", first, "00000000-0000-4000-8000-000000000000", "RS001"),
                ("somebody else's token", first, second.token, "RS001"),
                ("expired", expired, expired.token, "RS001"),
                ("ended", gone, gone.token, "RS001"),
                ("no member's role", stray, first.token, "RS009"),
                ("no role of Roster's", outsider, first.token, "42501"),
            ):
                with self.subTest(function=name, who=who):
                    self.assert_refused(state, session.rows, *self.call(name, types, token))

    def test_what_is_no_door_is_shut(self):
        member = self.member()
        for _, signature, name, types, _, _, is_trigger, is_door, _ in self.functions():
            if is_door or is_trigger:
                continue
            with self.subTest(signature):
                places = ", ".join(f"NULL::{kind}" for kind in types)
                self.assert_refused("42501", member.rows, f"SELECT roster.{name}({places})")

    def test_signing_in_as_somebody_else(self):
        first = self.member("first@example.com", "subject 1")
        second = self.connect(self.make_member("second@example.com"))
        for subject, email, verified, state in (
            ("subject 2", "first@example.com", True, "RS007"),
            ("subject 1", "second@example.com", True, "RS007"),
            ("subject 1", "first@example.com", True, "RS007"),
            ("subject 2", "second@example.com", False, "RS002"),
            ("subject 2", "second@example.com", None, "RS002"),
            ("", "second@example.com", True, "RS002"),
            (None, "second@example.com", True, "RS002"),
            ("subject 2", None, True, "RS002"),
        ):
            with self.subTest(subject=subject, email=email, verified=verified):
                self.assert_refused(state, second.sign_in, subject, email, verified)
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.users"), 1)
        second.sign_in("subject 2", "Second@Example.com")
        # A session of somebody else's by its id.
        theirs = first.call("my_sessions")[0][0]
        self.assert_refused("RS002", second.sign_in, "subject 2", "second@example.com",
                            session=theirs)  # fmt: skip

    def test_the_same_email_on_another_subject_is_not_linked(self):
        member = self.member("first@example.com", "subject 1")
        self.assert_refused("RS008", member.sign_in, "subject 2", "first@example.com")
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.accounts"), 1)

    def test_sessions_of_others_are_out_of_reach(self):
        first, second = self.member("first@example.com"), self.member("second@example.com")
        again = self.connect(first.value("SELECT current_user::text"))
        again.sign_in("subject of first@example.com", "first@example.com")
        self.assertEqual(len(first.call("my_sessions")), 2)
        theirs = second.call("my_sessions")[0][0]
        first.call("end_session", theirs)
        self.assertEqual(len(second.call("my_sessions")), 1)
        self.assertEqual(first.call("end_other_sessions"), [(1,)])
        self.assert_refused("RS001", again.call, "my_sessions")
        second.call("delete_my_account")
        self.assert_refused("RS001", second.call, "my_sessions")
        self.assertEqual(len(first.call("my_sessions")), 1)
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.users"), 1)

    def test_what_auth_js_would_have_written(self):
        session = self.member("first@example.com", "subject 1")
        self.assertEqual(self.owner.rows(
            "SELECT type, provider, provider_account_id, token_type, refresh_token, access_token,"
            " id_token, expires_at, scope FROM public.accounts"),
            [("oidc", "google", "subject 1", "bearer", "r", "a", "i", 1, "s")])  # fmt: skip
        self.assertEqual(self.owner.rows("SELECT email, email_verified, name FROM public.users"),
                         [("first@example.com", None, "A")])  # fmt: skip
        self.assertTrue(self.owner.value(
            "SELECT expires - (now() AT TIME ZONE 'UTC') BETWEEN interval '29 days 23 hours'"
            " AND interval '30 days 1 hour' FROM public.sessions"))  # fmt: skip
        # Repeated with the same session: the same.
        mine = session.call("my_sessions")[0][0]
        token = session.token
        session.sign_in("subject 1", "first@example.com", session=mine)
        self.assertEqual(session.token, token)

    def test_a_session_in_use_stays(self):
        session = self.member()
        before = session.call("touch_session")
        self.assertEqual(session.call("touch_session"), before)
        self.owner.rows("UPDATE public.sessions SET expires = expires - interval '2 days'")
        self.assertGreaterEqual(session.call("touch_session"), before)

    def test_no_literal_that_the_caller_can_have_read_differently(self):
        for signature, source in self.owner.rows(
            "SELECT oid::regprocedure::text, prosrc FROM pg_proc"
            " WHERE pronamespace = 'roster'::regnamespace"):  # fmt: skip
            code = re.sub(r"--[^\n]*", "", source)
            plain = [text for escaped, text in re.findall(r"(E?)('(?:[^']|'')*')", code) if not escaped]
            with self.subTest(signature):
                self.assertEqual([text for text in plain if "\\" in text], [])

    def test_a_member_who_knows_sql(self):
        other = self.member("other@example.com")
        theirs = other.value("SELECT session_user::text")
        mine = self.connect(self.make_member("first@example.com"))
        for text in (
            "SET standard_conforming_strings = off",
            "SET search_path = pg_temp, public",
            "SET DateStyle = 'ISO, DMY'",
            "SET TimeZone = 'Asia/Tokyo'",
            "SET transform_null_equals = on",
            "CREATE TEMP TABLE people (id text)",
            "CREATE TEMP TABLE members AS SELECT session_user AS role, 'other@example.com' AS email",
            "CREATE TEMP TABLE users AS SELECT 'x' AS id, 'first@example.com' AS email",
            "CREATE TEMP TABLE sessions AS SELECT 'token' AS session_token, 'x' AS user_id,"
            " timestamp '2999-01-01' AS expires",
            "CREATE FUNCTION pg_temp.lower(text) RETURNS text LANGUAGE sql RETURN 'other@example.com'",
            "CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
            " RETURN timestamptz '2000-01-01'",
        ):  # fmt: skip
            mine.rows(text)
        mine.token = "token"
        self.assert_refused("RS001", mine.call, "my_sessions")
        self.assert_refused("RS007", mine.sign_in, "subject of other@example.com", "other@example.com")
        mine.token = other.token
        self.assert_refused("RS001", mine.call, "my_sessions")
        mine.sign_in("subject 1", "first@example.com")
        for role in (theirs, "owner", "postgres"):
            self.assert_refused("42501", mine.rows, f"SET ROLE {role}")
            self.assert_refused("42501", mine.rows, f"SET SESSION AUTHORIZATION {role}")
        # Nothing gets past the checks, and the history says the truth.
        for values in ((" ", "a@example.com", "1"), ("\x07", "a@example.com", "1"), ("A", "a b@c", "1")):
            self.assert_refused("RS005", mine.call, "create_person", directory.new_id(),
                                directory.new_id(), *values)  # fmt: skip
        mine.rows("SELECT set_config('roster.user_id', %s, false)",
                  self.owner.value("SELECT id FROM public.users WHERE email = 'other@example.com'"))  # fmt: skip
        person = mine.create("A", email="s@example.com")
        before = self.owner.rows("SELECT updated_at FROM public.people")
        mine.call("update_person", directory.new_id(), person, "A", "B", None, None, None, None)
        self.assertGreater(self.owner.rows("SELECT updated_at FROM public.people"), before)
        self.assertEqual(self.owner.rows(
            "SELECT DISTINCT u.email FROM roster.people_history AS h JOIN public.users AS u ON u.id = h.user_id"),
            [("first@example.com",)])  # fmt: skip
        self.assert_refused("42501", mine.rows, "CREATE TABLE public.mine (a int)")
        self.assert_refused("42501", mine.rows, "CREATE FUNCTION roster.a() RETURNS int LANGUAGE sql RETURN 1")

    def test_errors_reveal_nobody(self):
        other = self.member("other@example.com", "their subject")
        mine = self.connect(self.make_member("first@example.com"))
        # Whether there is an account or not, the answer is the same.
        texts = set()
        for subject, email in (("their subject", "first@example.com"), ("nobody's", "other@example.com"),
                               ("nobody's", "nobody@example.com")):  # fmt: skip
            with self.assertRaises(psycopg2.Error) as caught:
                mine.sign_in(subject, email)
            texts.add((caught.exception.pgcode, caught.exception.diag.message_primary,
                       caught.exception.diag.message_detail))  # fmt: skip
        self.assertEqual(len(texts), 1, texts)
        self.assertNotIn(other.token, str(texts))

    def test_removed_member(self):
        session = self.member("first@example.com")
        role = session.value("SELECT current_user::text")
        self.assertEqual(self.owner.value("SELECT roster.remove_member('First@example.com')"), role)
        with self.assertRaises(psycopg2.OperationalError):
            session.call("my_sessions")
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.sessions"), 0)
        self.assert_refused("RS004", self.owner.rows, "SELECT roster.remove_member('x@example.com')")

    def test_a_member_who_does_not_want_to_go(self):
        """What belongs to a role keeps it from being dropped."""
        session = self.member("first@example.com")
        role = session.value("SELECT current_user::text")
        session.rows("SELECT lo_create(0)")
        session.rows("CREATE TEMP TABLE mine (a int)")
        session.rows("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC")
        self.owner.rows("SELECT roster.remove_member('first@example.com')")
        self.assertEqual(self.owner.value("SELECT count(*) FROM pg_roles WHERE rolname = %s", role), 0)
        with self.assertRaises(psycopg2.OperationalError):
            session.call("my_sessions")
        # Of another database only its owner can take it; until then the role is good for nothing.
        session = self.member("first@example.com")
        role = session.value("SELECT current_user::text")
        elsewhere = self.server.connect(user=role, dbname="postgres")
        self.addCleanup(elsewhere.close)
        elsewhere.cursor().execute("SELECT lo_create(0)")
        self.owner.rows("SELECT roster.remove_member('first@example.com')")
        self.assertEqual(self.owner.rows(
            "SELECT rolcanlogin, pg_has_role(%s, 'roster_member', 'MEMBER') FROM pg_roles"
            " WHERE rolname = %s", role, role), [(False, False)])  # fmt: skip
        with self.assertRaises(psycopg2.OperationalError):
            self.connect(role)
        self.make_member("first@example.com")

    def test_roles_that_are_no_members_cannot_be_made(self):
        for role in ("postgres", "roster_member", "pg_read_all_data", 'roster_a"b', "roster_é"):
            with self.subTest(role):
                self.assert_refused("RS005", self.owner.rows, "SELECT roster.add_member(%s, 'a@b.c', %s)",
                                    role, "SCRAM-SHA-256$4096:a$b:c")  # fmt: skip
        self.assert_refused("RS005", self.owner.rows,
                            "SELECT roster.add_member('roster_a', 'a@b.c', 'a password')")  # fmt: skip


class Security15(Security):
    version = 15


class Security17(Security):
    version = 17


if __name__ == "__main__":
    tap.main()
