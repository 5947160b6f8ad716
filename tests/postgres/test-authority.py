#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every authority promises, asked of a real server; see tests/directory/authority-test-team.c."""

import os
import subprocess

import cluster
import driver
import tap


class Authority(driver.WorkerCase):
    def run_contract(self, program, url):
        environment = os.environ | {
            "ROSTER_TEST_MEMBER_URL": url,
            "ROSTER_TEST_OWNER_URL": self.server.url(self.database),
            # There is no keyring.
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
        }
        result = subprocess.run(
            [program], env=environment, capture_output=True, text=True, timeout=cluster.DEADLINE_S * 2
        )
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertNotIn("SKIP", result.stdout)
        self.assertIn("ok 1 /authority/team/", result.stdout)

    def test_contract(self):
        for program in os.environ["ROSTER_AUTHORITY_PROGRAMS"].split(":"):
            with self.subTest(program=os.path.basename(program)):
                self.run_contract(program, self.url())

    def test_contract_over_a_pooler(self):
        """Of editing alone: it has all there is to a write."""
        passwords = {self.role: cluster.PASSWORD}
        with cluster.running(cluster.Bouncer, self.server, passwords) as bouncer:
            program = os.environ["ROSTER_AUTHORITY_PROGRAMS"].split(":")[-1]
            self.run_contract(program, bouncer.url(self.database, user=self.role))


if __name__ == "__main__":
    tap.main()
