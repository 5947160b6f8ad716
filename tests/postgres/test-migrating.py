#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operator's tool on every kind of database that it may find, and what it makes of it."""

import contextlib
import hashlib
import uuid

import cluster
import directory
import tap
import toolcase

INIT = "20240503120000_init"


class Migrating(toolcase.ToolCase):
    def test_from_nothing_and_again(self):
        self.assertEqual(self.run_tool("status")[0], 1)
        self.succeed("migrate")
        ((identity, checksum, name, logs, rolled_back, steps, fine),) = self.sql(
            "SELECT id, checksum, migration_name, logs, rolled_back_at, applied_steps_count,"
            " started_at <= finished_at FROM _prisma_migrations")  # fmt: skip
        self.assertEqual(str(uuid.UUID(identity)), identity)
        file = directory.SQL / "migrations" / INIT / "migration.sql"
        self.assertEqual(checksum, hashlib.sha256(file.read_bytes()).hexdigest())
        self.assertEqual((name, logs, rolled_back, steps, fine), (INIT, None, None, 1, True))
        before = self.sql("SELECT * FROM _prisma_migrations"), self.sql("SELECT * FROM roster.migrations")
        answer = self.succeed("migrate")
        after = self.sql("SELECT * FROM _prisma_migrations"), self.sql("SELECT * FROM roster.migrations")
        self.assertEqual(before, after)
        self.assertEqual({row["state"] for row in answer["migrations"]}, {"applied"})
        status = self.succeed("status")
        self.assertEqual((status["up-to-date"], status["differences"], status["lock"]),
                         (True, [], "free"))  # fmt: skip

    def test_two_at_once(self):
        for status, _, errors in [self.finish(p) for p in [self.start("migrate") for _ in range(2)]]:
            self.assertEqual(status, 0, errors)
        self.assertEqual(self.sql("SELECT count(*) FROM _prisma_migrations"), [(1,)])

    def test_push_writes_no_history(self):
        self.succeed("push")
        self.assertEqual(self.sql("SELECT to_regclass('_prisma_migrations')"), [(None,)])
        self.succeed("push")
        self.assertEqual(self.succeed("status")["migrations"][0]["state"], "adopted")

    def test_push_refuses_what_would_lose(self):
        self.succeed("push")
        self.sql("ALTER TABLE people ADD city text")
        self.assertIn("+ column people.city text", self.fail_with("without losing", "push"))
        # Not even what could be done beside it.
        self.sql("DROP INDEX users_email_key")
        self.fail_with("Write a migration", "push")
        self.assertEqual(self.sql("SELECT to_regclass('users_email_key')"), [(None,)])

    def test_push_completes_what_is_there(self):
        self.push_as_the_web_application()
        self.sql("INSERT INTO users (id, email) VALUES ('u', 'u@example.com')")
        for text in ("DROP TABLE sessions", "DROP INDEX users_email_key", "ALTER TABLE users DROP image",
                     "ALTER TABLE accounts DROP CONSTRAINT accounts_user_id_fkey",
                     "ALTER TABLE people DROP created_at"):  # fmt: skip
            with self.subTest(text):
                self.sql(text)
                self.succeed("push")
                self.assertEqual(self.succeed("status")["differences"], [])
        self.assertEqual(self.sql("SELECT id FROM users"), [("u",)])
        self.assertEqual(self.sql("SELECT to_regclass('_prisma_migrations')"), [(None,)])
        # Two users of one e-mail: there is no index without losing one.
        self.sql("DROP INDEX users_email_key; INSERT INTO users (id, email) VALUES ('v', 'u@example.com')")
        self.fail_with("users_email_key", "push")
        self.assertEqual(self.sql("SELECT count(*) FROM users"), [(2,)])

    def test_adopts_what_was_pushed(self):
        self.push_as_the_web_application()
        self.sql("INSERT INTO people (id, name, email, phone_number, updated_at)"
                 " VALUES ('c1', 'A', 'a@example.com', '1', now())")  # fmt: skip
        self.succeed("migrate")
        self.assertEqual(self.sql("SELECT to_regclass('_prisma_migrations')"), [(None,)])
        self.assertEqual(self.sql("SELECT count(*) FROM people"), [(1,)])
        self.assertTrue(self.succeed("status")["up-to-date"])
        self.assertTrue(self.succeed("verify")["fine"])

    def test_adopts_another_history(self):
        self.push_as_the_web_application()
        self.sql((directory.SQL / "operator/create-history.sql").read_text())
        self.sql("INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)"
                 " VALUES ('1', 'x', '2023_start', now())")  # fmt: skip
        self.succeed("migrate")
        self.assertEqual(self.sql("SELECT migration_name FROM _prisma_migrations"), [("2023_start",)])
        self.assertTrue(self.succeed("status")["up-to-date"])

    def test_refuses_a_foreign_public(self):
        self.push_as_the_web_application()
        self.sql("ALTER TABLE people ALTER name TYPE varchar(50); DROP INDEX users_email_key")
        errors = self.fail_with("is not the web application's", "migrate")
        for line in ("- column people.name text NOT NULL",
                     "+ column people.name character varying(50) NOT NULL",
                     "- index CREATE UNIQUE INDEX users_email_key"):  # fmt: skip
            self.assertIn(line, errors)
        self.assertEqual(self.sql("SELECT to_regnamespace('roster')"), [(None,)])

    def test_the_web_applications_later_column(self):
        self.succeed("migrate")
        self.sql("ALTER TABLE people ADD city text; ALTER TABLE people RENAME name TO full_name;"
                 "ALTER TABLE people DROP phone_number; ALTER TABLE people ALTER updated_at TYPE"
                 " timestamptz")  # fmt: skip
        self.sql("INSERT INTO people (id, full_name, email, updated_at) VALUES ('c1', 'A', 'a', now())")
        self.sql("UPDATE people SET city = 'B'; DELETE FROM people")
        self.sql("ALTER TABLE people DROP updated_at")
        self.sql("INSERT INTO people (id, full_name, email) VALUES ('c1', 'A', 'a')")
        self.sql("UPDATE people SET city = 'B'")
        self.sql("ALTER TABLE people RENAME id TO key")
        self.sql("UPDATE people SET city = 'C'; DELETE FROM people; TRUNCATE people")
        self.assertEqual(self.sql("SELECT operation FROM roster.people_history ORDER BY key"), [
            (what,) for what in ("create", "update", "delete", "create", "update", "truncate")])  # fmt: skip
        self.assertEqual(self.run_tool("status")[0], 1)
        self.succeed("migrate")
        self.sql("DROP TABLE people")

    def test_half_way_and_edited(self):
        self.succeed("migrate")
        self.sql("UPDATE _prisma_migrations SET checksum = 'x'")
        self.fail_with("roster-db repair", "migrate")
        self.succeed("repair")
        self.succeed("migrate")
        self.sql("UPDATE roster.migrations SET checksum = 'x' WHERE name LIKE '0004%'")
        self.fail_with("roster-db repair", "migrate")
        self.assertEqual(self.run_tool("status")[0], 1)
        self.succeed("repair")
        self.succeed("status")

    def test_stopped_half_way(self):
        self.sql((directory.SQL / "operator/create-history.sql").read_text())
        self.sql("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', %s)",
                 INIT)  # fmt: skip
        self.fail_with("half-way", "migrate")
        self.succeed("repair")
        self.succeed("migrate")
        self.assertTrue(self.succeed("status")["up-to-date"])

    def test_says_who_has_the_lock(self):
        with contextlib.closing(self.server.connect(dbname=self.database,
                                                    application_name="somebody")) as holder:  # fmt: skip
            holder.cursor().execute("SELECT pg_advisory_lock(72707369)")
            self.assertIn("somebody", self.run_tool("status")[1])
            self.fail_with("more than 10 seconds: process", "migrate")

    def test_creates_a_migration(self):
        (self.folder / "sql/migrations").mkdir(parents=True)
        answer = self.succeed("migrate", "--create", "Add Cities!")
        self.assertRegex(answer["created"], r"^sql/migrations/\d{14}_add_cities_/migration\.sql$")
        self.assertTrue((self.folder / answer["created"]).exists())
        # What is left to do is said here, and a test knows when it was not done.
        self.assertIn("postgres.gresource.xml", self.run_tool("migrate", "--create", "b")[2])
        self.fail_with("Go to Roster's sources", "migrate", "--create", "c", folder="/")

    def wait_until_it_waits(self):
        """The tool's connection, as soon as it waits for a table."""
        found = []
        cluster.wait_for(
            lambda: found.extend(self.sql(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock' AND application_name = 'roster'")) or found,
            "the migration does not wait")  # fmt: skip
        return found[0][0]

    def stop_half_way(self, end):
        """Begins a migration, that then waits for a table in its middle; end (tool, pid) ends it."""
        self.push_as_the_web_application()
        holder = self.server.connect(dbname=self.database, autocommit=False)
        self.addCleanup(holder.close)
        holder.cursor().execute("LOCK TABLE people IN ROW EXCLUSIVE MODE")
        tool = self.start("migrate")
        end(tool, self.wait_until_it_waits())
        holder.close()
        self.assertEqual(self.run_tool("status")[0], 1)
        self.succeed("migrate")
        self.assertTrue(self.succeed("status")["up-to-date"])
        self.assertTrue(self.succeed("verify")["fine"])

    def test_killed(self):
        def kill(tool, pid):
            tool.kill()
            tool.communicate()
            # The server notices by itself, and lets go of the lock.
            cluster.wait_for(
                lambda: not self.sql("SELECT FROM pg_stat_activity WHERE pid = %s", pid),
                "the connection stays")  # fmt: skip

        self.stop_half_way(kill)

    def test_the_server_is_killed(self):
        def crash(tool, _):
            self.server.crash()
            status, _, errors = self.finish(tool)
            self.assertEqual(status, 1)
            self.assertIn("connection broke", errors)

        self.stop_half_way(crash)

    def test_a_table_made_anew(self):
        """As the web application's own tools do when they reset it: nothing of Roster's is on it."""
        self.succeed("migrate")
        self.sql("DROP TABLE people, users, accounts, sessions, verification_tokens CASCADE")
        self.push_as_the_web_application()
        self.assertIn("anew", self.run_tool("status")[2])
        self.assertEqual(self.run_tool("verify")[0], 1)
        self.succeed("migrate")
        self.assertTrue(self.succeed("status")["up-to-date"])
        self.succeed("seed")
        self.assertTrue(self.succeed("verify")["fine"])
        # Every copy reads everything anew.
        self.assertEqual(self.sql("SELECT operation, count(*) FROM roster.people_history GROUP BY 1"
                                  " ORDER BY 1"), [("create", 10), ("truncate", 1)])  # fmt: skip

    def test_another_operator_of_the_same_server(self):
        self.succeed("migrate")
        other = f"operator_{uuid.uuid4().hex[:8]}"
        self.sql(f"CREATE ROLE {other} LOGIN CREATEROLE PASSWORD 'a'", user="postgres")
        self.server.make_database(f"{self.database}_o", owner=other)
        url = self.server.url(f"{self.database}_o", user=other, password="a")
        self.fail_with("is another operator's", "migrate", url=url)
        self.sql(f"GRANT roster_member TO {other} WITH ADMIN OPTION")
        self.succeed("migrate", url=url)
        self.succeed("member", "add", "a@example.com", url=url)
        self.succeed("member", "remove", "a@example.com", url=url)

    def test_an_answer_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            tool = self.start("migrate", stdout=full)
            _, errors = tool.communicate(timeout=cluster.DEADLINE_S)
        self.assertEqual(tool.returncode, 1)
        self.assertIn("could not be written", errors)

    def test_the_time_zone(self):
        self.succeed("migrate")
        self.sql(f"ALTER DATABASE {self.database} SET timezone TO 'Asia/Tokyo'")
        status, _, errors = self.run_tool("status")
        self.assertEqual(status, 0)
        self.assertIn("Asia/Tokyo", errors)
        self.succeed("seed")
        self.assertEqual(self.sql("SELECT DISTINCT created_at = updated_at, abs(extract(epoch FROM"
                                  " created_at - now() AT TIME ZONE 'UTC')) < 600 FROM people"),
                         [(True, True)])  # fmt: skip


class Catalog(toolcase.ToolCase):
    """What a migrated database is, is what the comparison holds others against."""

    def test_the_list_is_what_migrations_make(self):
        self.check_catalog("migrate")

    def test_and_what_push_makes(self):
        self.check_catalog("push")

    def check_catalog(self, command):
        self.succeed(command)
        found = self.sql((directory.SQL / "operator/catalog.sql").read_text())
        wanted = (directory.SQL / "catalog.txt").read_text().splitlines()
        self.assertEqual([line for (line,) in found], wanted)


class Catalog15(Catalog):
    version = 15


class Catalog17(Catalog):
    version = 17


if __name__ == "__main__":
    tap.main()
