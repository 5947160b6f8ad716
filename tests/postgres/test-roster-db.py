#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operator's tool against real servers: what it refuses and how it says so, and all but migrating."""

import contextlib
import json
import subprocess
import uuid
from urllib.parse import quote

import psycopg2

import cluster
import directory
import tap
import toolcase


class Refusing(toolcase.ToolCase):
    def test_urls(self):
        self.fail_with("is not set", "status", url="")
        for url in ("x", "mysql://a:b@h/d", "postgresql://", "postgresql://user@host",
                    "postgresql://u:p@h:port/d", "postgresql://u:%zz@h/d",
                    "postgresql://u:p@h/d?colour=red"):  # fmt: skip
            with self.subTest(url):
                self.fail_with("cannot be read", "status", url=url)
        self.fail_with("pooler", "migrate", url="postgresql://u:p@a-pooler.b.neon.tech/d")
        self.fail_with("no host of that name", "status", url="postgresql://u:p@nowhere.invalid/d")
        self.fail_with("does not answer", "status",
                       url=f"postgresql://u:p@127.0.0.1:{cluster.free_port()}/d")  # fmt: skip
        self.fail_with("does not accept", "status",
                       url=self.server.url(self.database, password="wrong"))  # fmt: skip
        self.fail_with("no database of that name", "status", url=self.server.url("nothing"))
        self.sql(f"ALTER DATABASE {self.database} CONNECTION LIMIT 0")
        self.fail_with("takes no connection at the moment", "status")

    def test_a_server_that_is_too_old(self):
        with cluster.running(cluster.Cluster, 14) as old:
            errors = self.fail_with("Roster needs 15 or newer", "migrate", url=old.url("postgres"))
            self.assertIn("PostgreSQL 14", errors)

    def test_json_whatever_happens(self):
        for arguments in (("status",), ("migrate",), ("frobnicate",), (), ("--frobnicate",),
                          ("member", "add", "x"), ("member", "list"), ("seed", "--generate", "x"),
                          ("verify",), ("prune",), ("session", "revoke", "x"), ("--version",)):  # fmt: skip
            for url in (None, "x", "postgresql://u:p@nowhere.invalid/d"):
                with self.subTest(arguments=arguments, url=url):
                    status, output, errors = self.run_tool("--json", *arguments, url=url)
                    answer = json.loads(output)
                    self.assertEqual("error" in answer, "roster-db: " in errors, errors)
                    self.assertTrue(status == 0 or "error" in answer or not answer["up-to-date"])

    def test_prismas_parameters_are_fine(self):
        self.succeed("migrate", url=self.url + "&schema=public&connection_limit=5&pool_timeout=10")

    def test_a_pooler_in_disguise(self):
        with cluster.running(cluster.Bouncer, self.server, {cluster.OWNER: cluster.PASSWORD}) as bouncer:
            self.fail_with("pooler", "migrate", url=bouncer.url(self.database))

    def test_no_rights(self):
        role = f"web_{uuid.uuid4().hex[:8]}"
        self.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'a'", user="postgres")
        url = self.server.url(self.database, user=role, password="a")
        self.fail_with("may not make a schema", "migrate", url=url)
        self.sql(f"GRANT CREATE ON DATABASE {self.database} TO {role}", user="postgres")
        self.fail_with("may not make roles", "migrate", url=url)

    def test_the_env_file(self):
        file = self.folder / ".env"
        file.write_text(f'# here\nexport DATABASE_URL_UNPOOLED="{self.url}" # that\n')
        file.chmod(0o644)
        self.assertIn("chmod 600", self.run_tool("migrate", url="")[2])
        file.chmod(0o600)
        status, _, errors = self.run_tool("status", url="")
        self.assertEqual((status, errors), (0, ""))
        file.write_text("one\n")
        self.fail_with("Line 1", "status", url="")
        self.fail_with("none.env", "status", "--env-file", "none.env", url="")
        file.write_bytes(b"A=b\0\nDATABASE_URL_UNPOOLED=x\n")
        self.fail_with("Line 1", "status", url="")

    def test_libpqs_own_variables(self):
        """They could lead elsewhere."""
        tool = subprocess.run(
            [toolcase.ROSTER_DB, "migrate"], capture_output=True, text=True,
            env={"DATABASE_URL_UNPOOLED": self.url, "PGHOSTADDR": "192.0.2.1", "PGSERVICE": "nowhere",
                 "PGOPTIONS": "-c search_path=nowhere"},
        )  # fmt: skip
        self.assertEqual(tool.returncode, 0, tool.stderr)

    def test_arguments(self):
        self.fail_with("Which command?", )
        self.fail_with("no command frobnicate", "frobnicate")
        self.fail_with("Please write", "migrate", "now")
        self.fail_with("Please write", "member", "add")
        self.fail_with("Please write", "session")
        self.fail_with("--generate", "seed", "--generate", "-1")
        self.assertEqual(self.run_tool("--version")[0], 0)


class Operating(toolcase.ToolCase):
    def setUp(self):
        super().setUp()
        self.succeed("migrate")

    def test_seed(self):
        self.succeed("seed")
        self.succeed("seed")
        self.assertEqual(self.sql("SELECT count(*), count(*) FILTER (WHERE id ~ '^c[0-9a-z]{24}$')"
                                  " FROM people"), [(10, 10)])  # fmt: skip
        self.assertEqual(self.succeed("seed", "--generate", "500")["generated"], 500)
        answer = self.succeed("verify")
        self.assertEqual((answer["people"], answer["changes"], answer["fine"]), ("510", "510", True))
        self.assertEqual(self.succeed("seed", "--generate", "500")["generated"], 0)
        self.assertEqual(self.succeed("seed", "--generate", "600")["generated"], 100)
        self.assertEqual(self.sql("SELECT count(*) FROM people"), [(610,)])

    def test_verify_finds_what_is_wrong(self):
        self.succeed("seed")
        first = self.succeed("verify")["digest"]
        self.sql("UPDATE people SET name = 'X' WHERE email LIKE 'john%%'")
        self.assertNotEqual(self.succeed("verify")["digest"], first)
        self.sql("ALTER TABLE people DISABLE TRIGGER roster_record_insert")
        status, output, _ = self.run_tool("verify")
        self.assertEqual(status, 1)
        self.assertIn("triggers-missing: 1", output)
        self.succeed("migrate")
        self.assertTrue(self.succeed("verify")["fine"])
        for text in ("GRANT SELECT ON users TO PUBLIC", "GRANT UPDATE (name) ON people TO roster_member",
                     "GRANT CREATE ON SCHEMA public TO PUBLIC",
                     "GRANT EXECUTE ON FUNCTION roster.gate TO PUBLIC"):  # fmt: skip
            self.sql(text)
            self.assertEqual(self.run_tool("verify")[0], 1)
            self.sql(text.replace("GRANT", "REVOKE").replace(" TO ", " FROM "))
            self.assertTrue(self.succeed("verify")["fine"])
        # History past its time is no loss.
        self.sql("UPDATE people SET created_at = created_at - interval '400 days';"
                 "UPDATE roster.people_history SET at = at - interval '400 days'")  # fmt: skip
        self.sql("UPDATE roster.migrations SET applied_at = applied_at - interval '400 days'")
        self.succeed("prune")
        self.assertTrue(self.succeed("verify")["fine"])

    def test_verify_finds_who_is_missing(self):
        self.sql("ALTER TABLE sessions DROP CONSTRAINT sessions_user_id_fkey;"
                 "INSERT INTO sessions VALUES ('s', 't', 'nobody', '2999-01-01')")  # fmt: skip
        self.assertIn("orphans: 1", self.run_tool("verify")[1])
        self.sql("DELETE FROM sessions")
        self.assertTrue(self.succeed("verify")["fine"])
        self.sql("ALTER TABLE people DISABLE TRIGGER USER")
        self.succeed("seed")
        self.sql("ALTER TABLE people ENABLE TRIGGER USER")
        status, output, _ = self.run_tool("verify")
        self.assertEqual(status, 1)
        self.assertIn("people-not-in-history: 10", output)

    def test_what_others_wrote_does_not_steer_the_terminal(self):
        self.sql("INSERT INTO users (id, email) VALUES ('u', E'a\\x1b[31m\\n\\u202e\\u009b\"''@نم')")
        self.sql("INSERT INTO sessions VALUES (E's\\r', 't', 'u', '2999-01-01')")
        self.sql("ALTER TABLE people ADD \"a\x1b]0;b\x07\" text")
        for arguments in (("session", "list"), ("status",)):
            _, output, errors = self.run_tool(*arguments)
            self.assertRegex(output + errors, r"\\u001b")
            self.assertNotRegex(output + errors, r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]")
        (session,) = self.succeed("session", "list")["sessions"]
        self.assertEqual(session["email"], "a\x1b[31m\n\u202e\x9b\"'@نم")

    def test_members(self):
        answer = self.succeed("member", "add", "New@Example.com", "--output", "i.json")
        file = self.folder / "i.json"
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        invitation = json.loads(file.read_text())
        self.assertEqual((invitation["version"], invitation["email"]), (1, "New@Example.com"))
        with contextlib.closing(psycopg2.connect(invitation["DATABASE_URL"])) as connection:
            connection.autocommit = True
            session = directory.Session(connection)
            self.assertEqual(session.value("SELECT current_user::text"), answer["role"])
            session.sign_in("1", "new@example.com")
            self.assertEqual(session.create("A", email="a@example.com")[:1], "c")
            self.assertEqual(self.succeed("member", "list")["members"][0]["has-signed-in"], "true")
            (listed,) = self.succeed("session", "list")["sessions"]
            self.assertEqual(listed["email"], "new@example.com")
            self.assertEqual(self.succeed("session", "revoke", listed["id"])["ended"], "1")
            with self.assertRaises(psycopg2.Error) as caught:
                session.call("my_sessions")
            self.assertEqual(caught.exception.pgcode, "RS001")
        self.fail_with("no such session", "session", "revoke", "new@example.com")
        self.fail_with("there already", "member", "add", "new@example.com", "--output", "j.json")
        self.assertFalse((self.folder / "j.json").exists())
        self.succeed("member", "remove", "new@example.com")
        self.assertEqual(self.sql("SELECT count(*) FROM pg_roles WHERE rolname = %s", answer["role"]),
                         [(0,)])  # fmt: skip
        self.fail_with("nothing of that name", "member", "remove", "new@example.com")
        self.assertEqual(self.succeed("member", "list")["members"], [])

    def test_an_invitation_is_never_lost(self):
        self.succeed("member", "add", "a@example.com")
        file = self.folder / "a@example.com.roster-invitation"
        before = file.read_bytes()
        self.fail_with("new file", "member", "add", "a@example.com")
        self.fail_with("there already", "member", "add", "A@example.com", "--output", "other")
        self.assertEqual(file.read_bytes(), before)
        # Nor written through somebody's link, or elsewhere.
        (self.folder / "link").symlink_to(self.folder / "target")
        self.fail_with("new file", "member", "add", "b@example.com", "--output", "link")
        self.assertFalse((self.folder / "target").exists())
        self.assertEqual(len(self.succeed("member", "list")["members"]), 1)
        self.succeed("member", "add", "../c@example.com")
        self.assertTrue((self.folder / ".._c@example.com.roster-invitation").exists())
        self.fail_with("how it is written", "member", "add", "nobody")
        self.assertFalse((self.folder / "nobody.roster-invitation").exists())

    def test_two_operators_at_once(self):
        tools = [self.start("member", "add", "a@example.com", "--output", name) for name in "bc"]
        self.assertEqual(sorted(self.finish(tool)[0] for tool in tools), [0, 1])
        (file,) = [self.folder / name for name in "bc" if (self.folder / name).exists()]
        with contextlib.closing(psycopg2.connect(json.loads(file.read_text())["DATABASE_URL"])):
            pass

    def test_an_invitation_has_nothing_of_the_operators(self):
        place = f"127.0.0.1:{self.server.port}/{self.database}"
        password = quote(cluster.PASSWORD, "")
        for number, url in enumerate((
            f"postgresql://{cluster.OWNER}:{password}@{place}?sslmode=disable",
            f"postgresql://{place}?user={cluster.OWNER}&password={password}&sslmode=disable",
            f"postgresql://{cluster.OWNER}@{place}?application_name=x&password={password}&"
            "sslkey=/secret&passfile=/secret&options=-csecret.a%3D1",
        )):  # fmt: skip
            self.succeed("member", "add", f"m{number}@example.com", "--output", str(number), url=url)
            text = (self.folder / str(number)).read_text()
            for words in (cluster.OWNER, cluster.PASSWORD, password, "secret"):
                self.assertNotIn(words, text)
            with contextlib.closing(psycopg2.connect(json.loads(text)["DATABASE_URL"])):
                pass

    def test_restored_on_another_server(self):
        """A dump has the grants to a role that is not there; they fail, and everything else comes."""
        self.succeed("member", "add", "a@example.com", "--output", "a")
        role = self.succeed("member", "list")["members"][0]["role"]
        with cluster.running(cluster.Cluster, self.version) as other:
            other.make_database(self.database)
            with contextlib.closing(other.connect(dbname=self.database)) as connection:
                for path in directory.statements():
                    connection.cursor().execute(path.read_text(encoding="utf-8"))
                connection.cursor().execute("INSERT INTO roster.members VALUES (%s, 'a@example.com', now())",
                                            (role,))  # fmt: skip
                for (name, checksum, at) in self.sql("SELECT * FROM roster.migrations"):
                    connection.cursor().execute("INSERT INTO roster.migrations VALUES (%s, %s, %s)",
                                                (name, checksum, at))  # fmt: skip
            with contextlib.closing(other.connect("postgres", self.database)) as connection:
                connection.cursor().execute(
                    "DROP OWNED BY roster_member; DROP ROLE roster_member;"
                    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA roster TO PUBLIC")  # fmt: skip
            url = other.url(self.database)
            status, output, errors = self.run_tool("--json", "status", url=url)
            self.assertEqual((status, json.loads(output)["lets-members-in"]), (1, False))
            self.assertIn("cannot come in", errors)
            self.succeed("migrate", url=url)
            self.assertTrue(self.succeed("status", url=url)["up-to-date"])
            self.assertTrue(self.succeed("verify", url=url)["fine"])
            (member,) = self.succeed("member", "list", url=url)["members"]
            self.assertEqual(member["has-login"], "false")
            self.succeed("member", "remove", "a@example.com", url=url)
            self.succeed("member", "add", "a@example.com", "--output", "b", url=url)
            invitation = json.loads((self.folder / "b").read_text())
            with contextlib.closing(psycopg2.connect(invitation["DATABASE_URL"])) as connection:
                directory.Session(connection).sign_in("1", "a@example.com")

    def test_any_operator_manages_members(self):
        """Somebody else who owns the database too, and could not by PostgreSQL's own rules."""
        other = f"operator_{uuid.uuid4().hex[:8]}"
        self.sql(f"CREATE ROLE {other} LOGIN CREATEROLE PASSWORD 'a'; GRANT {cluster.OWNER} TO {other}",
                 user="postgres")  # fmt: skip
        self.succeed("member", "add", "a@example.com", "--output", "a")
        url = self.server.url(self.database, user=other, password="a")
        self.succeed("member", "add", "b@example.com", "--output", "b", url=url)
        self.succeed("member", "remove", "a@example.com", url=url)
        self.succeed("member", "remove", "b@example.com")

    def test_prune(self):
        self.assertEqual(self.succeed("prune"), {"sessions": "0", "tokens": "0", "changes": "0"})
        self.sql("INSERT INTO verification_tokens VALUES ('a', 'b', '2020-01-01'), ('a', 'c', '2999-01-01')")
        self.assertEqual(self.succeed("prune"), {"sessions": "0", "tokens": "1", "changes": "0"})


if __name__ == "__main__":
    tap.main()
