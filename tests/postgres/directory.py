# SPDX-License-Identifier: GPL-3.0-or-later
"""A team's database on a throwaway server, its members, and short ways to call its functions."""

import contextlib
import itertools
import os
import pathlib
import unittest
import uuid

import cluster

SQL = pathlib.Path(os.environ["ROSTER_SOURCE_DIR"]) / "sql"
TEMPLATE = "team_template"

_counter = itertools.count(1)


def new_id():
    return f"c{next(_counter):024d}"


def statements():
    """The files that make a team's database, in order."""
    return sorted(SQL.glob("migrations/*/migration.sql")) + sorted(SQL.glob("roster/*.sql"))


def make_template(server):
    server.make_database(TEMPLATE)
    with contextlib.closing(server.connect(dbname=TEMPLATE)) as connection:
        for path in statements():
            connection.cursor().execute(path.read_text(encoding="utf-8"))


class Session:
    """A connection of a role and the token of whoever signed in over it."""

    def __init__(self, connection, token=None):
        self.connection = connection
        self.token = token

    def rows(self, text, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else []

    def value(self, text, *values):
        return self.rows(text, *values)[0][0]

    def call(self, function, *arguments):
        """The rows of a function that takes the token first."""
        places = ", ".join(["%s"] * (len(arguments) + 1))
        return self.rows(f"SELECT * FROM roster.{function}({places})", self.token, *arguments)

    def create(self, name, person=None, batch=None, email=None):
        person = person or new_id()
        email = email or f"{person}@example.com"
        return self.call("create_person", batch or new_id(), person, name, email, "+49 30 1")[0][0]

    def sign_in(self, subject, email, verified=True, session=None):
        rows = self.rows(
            "SELECT * FROM roster.sign_in(%s, %s, %s, %s, %s, %s, 'A', NULL, 'a', 'r', 'i', 1, 's')",
            new_id(), new_id(), session or new_id(), subject, email, verified,
        )  # fmt: skip
        self.token = rows[0][1]
        return rows[0]


def sign_in_owner(server):
    """Returns the token of a session in the template."""
    with contextlib.closing(server.connect(dbname=TEMPLATE)) as connection:
        session = Session(connection)
        session.sign_in("subject", "owner@example.com")
        return session.token


class TeamCase(unittest.TestCase):
    """Each case gets a database of its own on the script's server."""

    version = 16

    @classmethod
    def setUpClass(cls):
        context = cluster.running(cls.make_server, cls.version)
        cls.server = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        make_template(cls.server)

    @classmethod
    def make_server(cls, folder, version):
        return cluster.Cluster(folder, version)

    def setUp(self):
        self.database = f"team_{uuid.uuid4().hex[:12]}"
        self.server.make_database(self.database, template=TEMPLATE)
        self.owner = self.connect(cluster.OWNER)

    def connect(self, role, autocommit=True):
        connection = self.server.connect(user=role, dbname=self.database, autocommit=autocommit)
        self.addCleanup(connection.close)
        return Session(connection)

    def make_role(self, options="LOGIN"):
        role = f"roster_test_{uuid.uuid4().hex[:8]}"
        with contextlib.closing(self.server.connect(user="postgres")) as connection:
            connection.cursor().execute(f"CREATE ROLE {role} {options} PASSWORD %s",
                                        (cluster.PASSWORD,))  # fmt: skip
        return role

    def make_member(self, email):
        """A role made as the operator's tool makes it."""
        role = f"roster_test_{uuid.uuid4().hex[:8]}"
        with contextlib.closing(self.server.connect(user="postgres")) as connection:
            cursor = connection.cursor()
            cursor.execute("CREATE TEMP TABLE t AS SELECT rolpassword FROM pg_authid WHERE rolname = %s",
                           (cluster.OWNER,))  # fmt: skip
            cursor.execute("SELECT rolpassword FROM t")
            verifier = cursor.fetchone()[0]
        self.owner.rows("SELECT roster.add_member(%s, %s, %s)", role, email, verifier)
        return role

    def member(self, email="member@example.com", subject=None):
        session = self.connect(self.make_member(email))
        session.sign_in(subject or f"subject of {email}", email)
        return session

    def assert_refused(self, sqlstate, call, *arguments, **options):
        with self.assertRaises(Exception) as caught:
            call(*arguments, **options)
        self.assertEqual(caught.exception.pgcode, sqlstate, caught.exception)
