#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the web application's own tools make of a database that Roster made: Prisma's differ, its
history, its client and the Auth.js adapter, over a role that has rights on their tables only."""

import json
import os
import pathlib
import subprocess
import tempfile

import account
import cluster
import directory
import tap

HERE = pathlib.Path(__file__).parent / "prisma"
NPM = pathlib.Path(os.environ["ROSTER_NPM_DIR"])
EMPTY = "-- This is an empty migration."


def node(*arguments, timeout=240):
    result = subprocess.run(
        ["node", *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
        env=os.environ | {"DATABASE_URL": "postgresql://a@b/c", "DATABASE_URL_UNPOOLED": "postgresql://a@b/c",
                          "CHECKPOINT_DISABLE": "1", "PRISMA_HIDE_UPDATE_MESSAGE": "1",
                          # Never run here; that it is named keeps it from being looked for.
                          "PRISMA_SCHEMA_ENGINE_BINARY": "/bin/true"},
    )  # fmt: skip
    if result.returncode != 0:
        raise AssertionError(result.stdout + result.stderr)
    return result.stdout


class Prisma(directory.TeamCase):
    def setUp(self):
        super().setUp()
        # As roster-db makes it, records included.
        self.server.drop_database(self.database)
        self.server.make_database(self.database)
        self.url = self.server.url(self.database)
        subprocess.run(
            [os.environ["ROSTER_DB"], "migrate"], check=True, capture_output=True,
            env=os.environ | {"DATABASE_URL_UNPOOLED": f"{self.url}?sslmode=disable"},
        )  # fmt: skip
        self.owner = self.connect(cluster.OWNER)

    def engine(self, command, url=None):
        return node(HERE / "engine.mjs", command, url or self.url, HERE / "schema.prisma",
                    directory.SQL / "migrations")  # fmt: skip

    def test_no_difference_both_ways(self):
        script = json.loads(self.engine("diff"))
        self.assertEqual(script["toSchema"].strip(), EMPTY)
        # The other way round Prisma says of its own work, too, that it lies in a schema.
        own = self.server.url(self.server.make_database(f"{self.database}_p"))
        self.engine("deploy", own)
        self.assertEqual(script, json.loads(self.engine("diff", own)))
        self.assertNotIn("TABLE", script["toDatabase"])
        self.assertNotIn("INDEX", script["toDatabase"])
        # The same question finds one that there is.
        self.owner.rows("ALTER TABLE public.people ADD city text")
        script = json.loads(self.engine("diff"))
        self.assertIn("city", script["toSchema"])
        self.assertIn("city", script["toDatabase"])

    def test_up_to_date_and_nothing_to_deploy(self):
        status = json.loads(self.engine("status"))
        self.assertEqual(
            (status.get("history"), status["failedMigrationNames"], status["editedMigrationNames"],
             status["hasMigrationsTable"]), (None, [], [], True))  # fmt: skip
        self.assertEqual(json.loads(self.engine("deploy")), {"appliedMigrationNames": []})

    def test_a_database_that_prisma_made_is_adopted(self):
        name = self.server.make_database(f"{self.database}_p")
        url = self.server.url(name)
        self.assertEqual(len(json.loads(self.engine("deploy", url))["appliedMigrationNames"]), 1)
        for _ in range(2):
            result = subprocess.run(
                [os.environ["ROSTER_DB"], "--json", "migrate"], capture_output=True, text=True,
                env=os.environ | {"DATABASE_URL_UNPOOLED": f"{url}?sslmode=disable"},
            )  # fmt: skip
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual({row["state"] for row in json.loads(result.stdout)["migrations"]}, {"applied"})

    def sign_in(self, subject, email):
        """As the application does it. Returns the session's token."""
        url = cluster.make_url(self.make_member(email), cluster.PASSWORD, "127.0.0.1",
                               self.server.port, self.database)  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            # Without a keyring: whoever is signed in is so while it runs.
            app = account.Account(f"{folder}/team", url,
                                  environment={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"})  # fmt: skip
            self.assertEqual(app.run("restore"), "ok")
            self.assertEqual(app.run("sign-in", subject, email, "A", "r"), "ok")
            token = app.run("token")
            self.assertEqual(app.finish(), 0)
        return token

    def test_client_and_auth_adapter(self):
        token = self.sign_in("subject 1", "member@example.com")
        role = self.make_role()
        self.owner.rows(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        with tempfile.TemporaryDirectory() as folder:
            # The client is generated beside the packages that it needs.
            schema = (HERE / "schema.prisma").read_text().replace(
                'engineType = "client"', f'engineType = "client"\n  output = "{folder}/client"')  # fmt: skip
            pathlib.Path(folder, "schema.prisma").write_text(schema)
            pathlib.Path(folder, "node_modules").symlink_to(NPM / "node_modules")
            node(NPM / "node_modules/prisma/build/index.js", "generate", "--schema",
                 f"{folder}/schema.prisma")  # fmt: skip
            found = json.loads(node(HERE / "client.mjs", self.server.url(self.database, user=role),
                                    f"{folder}/client", token))  # fmt: skip
        sealed = self.owner.value(
            "SELECT access_token FROM public.accounts WHERE provider_account_id = 'subject 1'")  # fmt: skip
        self.assertEqual(found, {
            "moved": True, "names": ["C", "E"], "byAccount": "member@example.com", "byEmail": True,
            "bySession": "member@example.com", "expiresInDays": 30,
            "account": {"type": "oidc", "token_type": "bearer", "access_token": sealed},
        })  # fmt: skip
        self.assertRegex(sealed, "^rs1\\.")
        self.assertEqual(self.owner.rows(
            "SELECT operation, count(*) FROM roster.people_history GROUP BY 1 ORDER BY 1"),
            [("create", 3), ("delete", 1), ("update", 2)])  # fmt: skip
        # And the other way round: Roster signs in whom the web application made.
        self.assertEqual(self.connect(self.make_member("web@example.com")).sign_in(
            "subject 2", "web@example.com")[0],
            self.owner.value("SELECT id FROM public.users WHERE email = 'web@example.com'"))  # fmt: skip


if __name__ == "__main__":
    tap.main()
