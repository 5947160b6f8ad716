#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand workers, each shut down at a random moment: nothing hangs, is lost or is done twice."""

import os
import subprocess

import driver
import tap

N_WORKERS = 1000


class Shutdown(driver.WorkerCase):
    def test_at_any_moment(self):
        result = subprocess.run(
            [os.environ["ROSTER_SHUT_DOWN_WORKER"], self.url(), self.url(), self.me.token,
             str(N_WORKERS)],
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, f"{N_WORKERS}\n", ""))


if __name__ == "__main__":
    tap.main()
