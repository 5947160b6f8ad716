# SPDX-License-Identifier: GPL-3.0-or-later
"""All that signing in takes, on this computer: a server, a provider, a browser and a keyring."""

import json
import os
import pathlib
import subprocess
import sys

import cluster
import directory
import harness
import keyring

import provider as openid

BROWSER = pathlib.Path(__file__).with_name("browser.py")
EMAIL = openid.GOOD["email"].lower()
NAME = openid.GOOD["name"]


class Keyring(keyring.Bus):
    """On the bus of the desktop."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        self.keyring = None


def start_provider():
    program = pathlib.Path(openid.__file__)
    process = subprocess.Popen([sys.executable, program], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)  # fmt: skip
    return process, process.stdout.readline().strip()


class TeamCase(harness.TestCase, directory.TeamCase):
    """The server and the provider are one for all cases; each has a database and a home."""

    @classmethod
    def setUpClass(cls):
        harness.TestCase.setUpClass.__func__(cls)
        directory.TeamCase.setUpClass.__func__(cls)
        cls.provider, cls.origin = start_provider()
        cls.addClassCleanup(cls.end_provider)

    @classmethod
    def end_provider(cls):
        cls.provider.stdin.close()
        cls.provider.wait()
        cls.provider.stdout.close()

    def setUp(self):
        harness.TestCase.setUp(self)
        directory.TeamCase.setUp(self)
        self.owner.rows(
            "INSERT INTO public.people (id, name, email, phone_number, updated_at)"
            " VALUES (%s, 'Grace Lee', 'grace.lee@example.com', '+49 30 1234567', now())",
            directory.new_id())  # fmt: skip
        self.role = self.make_member(EMAIL)
        self.keyring = Keyring(self.home / "keyring")
        self.addCleanup(self.keyring.end_keyring)
        self.keyring.start_keyring()
        self.browser = self.home / "browser"
        self.browser.mkdir()
        self.make_browser()
        self.browse("sign in")

    def make_browser(self):
        harness.environment(self.home)
        applications = self.home / "data/applications"
        applications.mkdir()
        (applications / "browser.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=Browser\nTerminal=false\n"
            f"Exec={sys.executable} {BROWSER} {self.browser} %u\n"
            "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n"
        )
        (self.home / "config/mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=browser.desktop\n"
            "x-scheme-handler/https=browser.desktop\n"
        )

    def browse(self, what):
        (self.browser / "what").write_text(what)

    @property
    def opened(self):
        """What the browser was started with, each time."""
        log = self.browser / "opened"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def variables(self, fault="good"):
        url = cluster.make_url(self.role, cluster.PASSWORD, "127.0.0.1", self.server.port,
                               self.database)  # fmt: skip
        return {
            "DATABASE_URL": url, "AUTH_GOOGLE_ID": openid.CLIENT_ID,
            "AUTH_GOOGLE_SECRET": openid.CLIENT_SECRET,
            "AUTH_GOOGLE_ISSUER": f"{self.origin}/{fault}",
        }  # fmt: skip

    def start_team(self, fault="good"):
        return self.start(**self.variables(fault))

    def sessions(self):
        return [row[0] for row in self.owner.rows("SELECT session_token FROM public.sessions")]

    def assert_nobody(self):
        """Nothing is left of anybody."""
        self.assertEqual(self.sessions(), [])
        self.assertNotIn("session-token", self.keyring.items())
        self.assertEqual(list((self.home / "data").glob("roster/team-*")), [])
