# SPDX-License-Identifier: GPL-3.0-or-later
"""An account in a process of its own, and what it says; see drive-account.c."""

import cluster
import directory
import driver
import keyring

MEMBER = ("subject", "member@example.com", "Jane Smith", "refresh token")


class Account(driver.Driver):
    program = "ROSTER_DRIVE_ACCOUNT"

    def __init__(self, *arguments, **options):
        self.reasons = {}
        self.users = []
        self.n_ended = 0
        self.revoked = []
        super().__init__(*arguments, **options)

    def hear(self, line):
        kind, _, words = line.partition(" ")
        if kind == "state":
            state, _, self.reasons[state] = words.partition(" ")
            if self.states[-1:] != [state]:
                self.states.append(state)
        elif kind == "user":
            self.users.append(words)
        elif kind == "ended":
            self.n_ended += 1
        elif kind == "revoked":
            self.revoked.append(words)
        else:
            super().hear(line)

    def begin(self, *words):
        tag = driver.new_tag()
        self.say(tag, *words)
        return tag

    def run(self, *words):
        return self.outcome(self.begin(*words))[0]


class AccountCase(directory.TeamCase):
    def setUp(self):
        super().setUp()
        self.bus = keyring.Bus()
        self.addCleanup(self.bus.end)
        self.bus.start_keyring()
        self.role = self.make_member("member@example.com")
        self.folder = self.bus.folder / "team"
        self.folder.mkdir()

    def url(self, role=None, port=None):
        return cluster.make_url(role or self.role, cluster.PASSWORD, "127.0.0.1",
                                port or self.server.port, self.database, "connect_timeout=2")  # fmt: skip

    def start(self, url=None, restore=True):
        account = Account(self.folder, url or self.url(), environment=self.bus.environment)
        self.addCleanup(self._end, account)
        if restore:
            self.assertEqual(account.run("restore"), "ok")
        return account

    def _end(self, account):
        if account.process.poll() is None and not account.process.stdin.closed:
            self.assertEqual(account.finish(), 0)

    def sign_in(self, **options):
        """Somebody who is signed in and has people on their computer."""
        account = self.start(**options)
        self.assertEqual(account.run("sign-in", *MEMBER), "ok")
        self.assertEqual(account.run("open"), "ok")
        return account

    def tokens(self):
        return [row[0] for row in self.owner.rows("SELECT session_token FROM public.sessions")]

    def assert_nothing_left(self):
        self.assertFalse(self.folder.exists())
        self.assertNotIn("label", self.bus.items())

    def nowhere(self):
        return self.url(port=cluster.free_port())

    def waiting(self):
        """Whether the server has a sign-in wait."""
        return self.as_superuser(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = %s"
            " AND query LIKE '%%roster.sign_in%%'", self.role)  # fmt: skip

    def as_superuser(self, text, *values):
        connection = self.server.connect(user="postgres")
        self.addCleanup(connection.close)
        return directory.Session(connection).rows(text, *values)
