#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the application's statements is what the servers say of them."""

import os
import subprocess
import unittest

import cluster
import directory
import tap


class Statements(directory.TeamCase):
    def check(self):
        return subprocess.run(
            [os.environ["ROSTER_CHECK_STATEMENTS"], self.server.url(self.database)],
            check=True, capture_output=True, text=True, timeout=cluster.DEADLINE_S,
        ).stdout  # fmt: skip

    def test_are_what_they_say(self):
        self.assertEqual(self.check(), "")

    def test_others_are_found_out(self):
        self.owner.rows("DROP FUNCTION roster.touch_session")
        self.owner.rows(
            "CREATE FUNCTION roster.touch_session(token text) RETURNS text LANGUAGE sql RETURN ''"
        )
        self.owner.rows("DROP FUNCTION roster.end_session")
        self.owner.rows("DROP FUNCTION roster.person_history")
        self.owner.rows(
            "CREATE FUNCTION roster.person_history(a text, b text, c bigint, d bigint,"
            " OUT key bigint, OUT operation text, OUT at timestamp, OUT author text, OUT is_mine boolean,"
            " OUT name text, OUT email text, OUT phone_number text, OUT created_at timestamp,"
            " OUT updated_at timestamp, OUT new_name text, OUT new_email text,"
            " OUT new_phone_number text, OUT new_created_at timestamp, OUT new_updated_at timestamp)"
            " LANGUAGE sql BEGIN ATOMIC SELECT 1::bigint, '', now()::timestamp, '', true, '', '', '',"
            " now()::timestamp, now()::timestamp, '', '', '', now()::timestamp, now()::timestamp; END"
        )
        lines = self.check().splitlines()
        self.assertIn("touch-session: column expires_at is of type 25", lines)
        self.assertIn("person-history: parameter n_rows is of type 20", lines)
        self.assertTrue(any(line.startswith("end-session: ERROR:") for line in lines), lines)


class Statements15(Statements):
    version = 15


class Statements17(Statements):
    version = 17


if __name__ == "__main__":
    tap.main()
