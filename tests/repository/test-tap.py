#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What failed is said to have failed, wherever in a case it did."""

import subprocess
import sys
import unittest

import tap

CASES = '''
import unittest
import tap

class Case(unittest.TestCase):
    def test_1_fine(self):
        with self.subTest(1):
            self.assertTrue(True)

    def test_2_one_part(self):
        for number in range(3):
            with self.subTest(number):
                self.assertEqual(number, 1)

    def test_3_part_that_breaks(self):
        with self.subTest(1):
            raise ValueError

    def test_4_cleanup(self):
        self.addCleanup(lambda: 1 / 0)

    def test_5_not_run(self):
        self.skipTest("why not")

class Without(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError

    def test_it(self):
        pass

tap.main()
'''


class Tap(unittest.TestCase):
    def test_says_what_failed(self):
        result = subprocess.run([sys.executable, "-c", CASES], capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout.splitlines(), [
            "1..6",
            "ok 1 Case.test_1_fine",
            "not ok 2 Case.test_2_one_part",
            "not ok 3 Case.test_3_part_that_breaks",
            "not ok 4 Case.test_4_cleanup",
            "ok 5 Case.test_5_not_run # SKIP why not",
        ])  # fmt: skip
        self.assertIn("ValueError", result.stderr)


if __name__ == "__main__":
    tap.main()
