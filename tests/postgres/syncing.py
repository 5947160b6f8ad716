# SPDX-License-Identifier: GPL-3.0-or-later
"""A sync in a process of its own, and what it says; see drive-sync.c."""

import contextlib
import hashlib
import pathlib
import sqlite3
import tempfile

import cluster
import directory
import driver


class SyncDriver(driver.Driver):
    program = "ROSTER_DRIVE_SYNC"

    def __init__(self, *arguments, token, **options):
        self.progress = []
        self.changed = []
        super().__init__(*arguments, **options)
        self.say("token", token)

    def hear(self, line):
        kind, _, words = line.partition(" ")
        if kind == "progress":
            self.progress.append(float(words))
        elif kind == "changed":
            self.changed.append(tuple(map(int, words.split())))
        else:
            super().hear(line)

    def begin_pull(self, urgency="person"):
        tag = driver.new_tag()
        self.say("pull", tag, urgency)
        return tag

    def pull(self):
        return self.outcome(self.begin_pull())[0]

    def check(self):
        tag = driver.new_tag()
        self.say("check", tag)
        return self.outcome(tag)[0]

    def kill(self):
        self.process.kill()
        self.process.wait(cluster.DEADLINE_S)
        self.process.stdin.close()


class SyncCase(driver.WorkerCase):
    """A member's replica, and what the server has."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="roster-sync-")
        self.addCleanup(folder.cleanup)
        self.replica = pathlib.Path(folder.name) / "people.roster"

    def sync(self, *urls):
        sync = SyncDriver(self.replica, *(urls or [self.url()]), token=self.me.token)
        self.addCleanup(self._end, sync)
        return sync

    def fill(self, n, first=1):
        """People, one after the other."""
        self.owner.rows(
            "INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)"
            " SELECT 'c' || lpad(i::text, 24, '0'), 'Person ' || i, i || '@example.com',"
            "  '+49 30 ' || i, t, t"
            " FROM generate_series(%s, %s) AS i, (SELECT roster.now_utc() AS t) AS now",
            first, first + n - 1,
        )  # fmt: skip

    def replica_rows(self):
        with contextlib.closing(sqlite3.connect(self.replica)) as connection:
            return connection.execute(
                "SELECT id, name, email, phone, created_at, updated_at FROM people ORDER BY id"
            ).fetchall()

    def server_digest(self):
        return self.owner.value("SELECT roster.digest_people()")

    def assert_same(self):
        """What is in the file is what the server has, each once, and counted."""
        rows = self.replica_rows()
        digest = hashlib.sha256()
        for row in rows:
            digest.update(hashlib.sha256("\x1f".join(map(str, row)).encode()).digest())
        self.assertEqual(digest.hexdigest(), self.server_digest())
        with contextlib.closing(sqlite3.connect(self.replica)) as connection:
            (n_people,) = connection.execute("SELECT n_people FROM meta").fetchone()
            (n_unseen,) = connection.execute("SELECT count(*) FROM unseen").fetchone()
        self.assertEqual((n_people, n_unseen), (len(rows), 0))
        return len(rows)

    def edit_replica(self, text):
        with contextlib.closing(sqlite3.connect(self.replica)) as connection:
            connection.execute(text)
            connection.commit()
