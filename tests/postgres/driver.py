# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker in a process of its own, and what it says; see drive-worker.c."""

import contextlib
import itertools
import os
import queue
import subprocess
import threading
import time

import cluster
import directory

ERRORS = {  # RosterError
    "failed": 0, "invalid": 1, "corrupt": 7, "duplicate": 2, "not-found": 3, "conflict": 4, "closed": 9,
    "unreachable": 10, "not-signed-in": 11, "not-allowed": 12, "newer-version": 8,
    "not-a-member": 13, "other-email": 14, "other-account": 15,
}  # fmt: skip
CANCELLED = "error g-io-error-quark 19"
_tags = itertools.count(1)


def error(name):
    return f"error RosterError {ERRORS[name]}"


def new_tag():
    return f"t{next(_tags)}"


class Driver:
    program = "ROSTER_DRIVE_WORKER"

    def __init__(self, *urls, environment=None):
        self.process = subprocess.Popen(
            [os.environ[self.program], *urls], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=os.environ | (environment or {}),
        )  # fmt: skip
        self.said = queue.SimpleQueue()
        self.states = []
        self.n_people_changed = 0
        self.outcomes = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.said.put(line.rstrip("\n"))
        self.said.put(None)

    def say(self, *words):
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def _listen(self, timeout_s):
        line = self.said.get(timeout=timeout_s)
        assert line is not None, "the worker's process is gone"
        self.hear(line)

    def hear(self, line):
        if line.startswith("done "):
            tag, *answers = line.removeprefix("done ").split("\t")
            assert tag not in self.outcomes, "done twice"
            self.outcomes[tag] = answers
        elif line.startswith("state "):
            self.states.append(line.removeprefix("state "))
        elif line == "people-changed":
            self.n_people_changed += 1
        else:
            assert line == "closed", line

    def wait(self, condition, what="the worker does not say what it should"):
        deadline = time.monotonic() + cluster.DEADLINE_S
        while not condition():
            try:
                self._listen(max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"{what}; states {self.states}") from None

    def begin(self, *words, urgency="person", timeout_ms=30000):
        tag = new_tag()
        self.say("run", tag, urgency, timeout_ms, *words)
        return tag

    def outcome(self, tag):
        self.wait(lambda: tag in self.outcomes)
        return self.outcomes[tag]

    def run(self, *words, **options):
        return self.outcome(self.begin(*words, **options))

    def finish(self):
        """Everything it was asked for is done, and it leaves nothing behind."""
        self.process.stdin.close()
        status = self.process.wait(cluster.DEADLINE_S)
        while (line := self.said.get(timeout=cluster.DEADLINE_S)) is not None:
            if line.startswith("done "):
                tag, *answers = line.removeprefix("done ").split("\t")
                assert tag not in self.outcomes, "done twice"
                self.outcomes[tag] = answers
        return status


class WorkerCase(directory.TeamCase):
    """A member who is signed in, and whoever works for them."""

    def setUp(self):
        super().setUp()
        self.role = self.make_member("member@example.com")
        self.me = self.connect(self.role)
        self.me.sign_in("subject", "member@example.com")

    def url(self, port=None, options=""):
        return cluster.make_url(
            self.role, cluster.PASSWORD, "127.0.0.1", port or self.server.port, self.database, options
        )

    def start(self, *urls, **options):
        driver = Driver(*urls, **options)
        self.addCleanup(self._end, driver)
        return driver

    def _end(self, driver):
        if driver.process.poll() is None and not driver.process.stdin.closed:
            self.assertEqual(driver.finish(), 0)

    def create(self, name="Jane Smith", person=None, batch=None):
        """The words for adding somebody."""
        person = person or directory.new_id()
        return ("create-person", self.me.token, batch or directory.new_id(), person, name,
                f"{person}@example.com")  # fmt: skip

    def as_superuser(self, text, *values):
        with contextlib.closing(self.server.connect(user="postgres")) as connection:
            return directory.Session(connection).rows(text, *values)

    def n_changes(self, person):
        return self.owner.value(
            "SELECT count(*) FROM roster.people_history WHERE person_id = %s", person
        )

    @contextlib.contextmanager
    def lock_people(self, mode="EXCLUSIVE"):
        """Nobody can be added meanwhile."""
        other = self.connect(cluster.OWNER, autocommit=False)
        other.rows(f"LOCK TABLE public.people IN {mode} MODE")
        try:
            yield
        finally:
            other.connection.rollback()

    def n_waiting(self):
        return self.as_superuser(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = %s",
            self.role,
        )[0][0]

    def assert_cancelled_on_server(self, worker):
        """What was cancelled is no longer waited for there, is never done, and is in nobody's way."""
        with self.lock_people():
            words = self.create()
            tag = worker.begin(*words)
            cluster.wait_for(lambda: self.n_waiting() == 1, "it does not wait")
            worker.say("cancel", tag)
            self.assertEqual(worker.outcome(tag), [CANCELLED])
            cluster.wait_for(lambda: self.n_waiting() == 0, "it still waits")
        self.assertEqual(self.n_changes(words[3]), 0)
        self.assertEqual(worker.run("touch-session", self.me.token), ["ok 1 "])
