#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Beyond this computer nobody is believed without a certificate, whatever the URL says. The server
is on this computer all the same: its name in the URL is another one's."""

import contextlib
import os
import pathlib
import subprocess
import tempfile
import unittest

import certificates
import cluster
import tap

HOST = "database.example"


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        folder = pathlib.Path(folder)
        cls.authority = certificates.make_authority(folder, "authority")
        cls.stranger = certificates.make_authority(folder, "stranger")
        pair = certificates.make_server(folder, "authority", HOST)
        cls.server = cls.enterClassContext(cluster.running(cluster.start_with_tls, pair))
        with contextlib.closing(cls.server.connect(sslmode="require")) as connection:
            connection.cursor().execute("CREATE DATABASE tls")

    def run_tool(self, options, host=HOST):
        url = self.server.url("tls", host=host, options=f"hostaddr=127.0.0.1&{options}")
        return subprocess.run(
            [os.environ["ROSTER_DB"], "status"], capture_output=True, text=True,
            env={"DATABASE_URL_UNPOOLED": url, "PATH": os.environ["PATH"]},
            timeout=cluster.DEADLINE_S,
        )  # fmt: skip

    def assert_refused(self, options, host=HOST):
        result = self.run_tool(options, host)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("cannot prove who it is", result.stderr)

    def test_an_authority_of_ones_own(self):
        for mode in ("disable", "prefer", "require", "verify-ca", "verify-full"):
            with self.subTest(mode):
                result = self.run_tool(f"sslmode={mode}&sslrootcert={self.authority}")
                self.assertEqual(result.stderr, "")
                self.assertIn("up-to-date: no", result.stdout)

    def test_nobody_else(self):
        for mode in ("disable", "prefer", "require", "verify-full"):
            with self.subTest(mode):
                self.assert_refused(f"sslmode={mode}")
                self.assert_refused(f"sslmode={mode}&sslrootcert={self.stranger}")
                self.assert_refused(f"sslmode={mode}&sslrootcert={self.authority}", "other.example")


if __name__ == "__main__":
    tap.main()
