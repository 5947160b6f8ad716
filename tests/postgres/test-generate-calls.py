#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generator of typed calls: what it makes of a statement, what it refuses, and that C code which
uses a call wrongly does not compile. Arguments: the compiler with its flags."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import tap

SOURCE = pathlib.Path(os.environ["ROSTER_SOURCE_DIR"])
COMPILER = sys.argv[1:]
GOOD = """\
-- Looks somebody up.
-- @token: text, the session's
-- @key: bigint?
-- @ids: text[]
-- @at: timestamp
-- Returns: many person
--   id: text
--   phone: text?
--   seen_at: timestamp?, when
--   is_here: boolean
-- Errors: NOT_FOUND (gone, for good), INVALID
SELECT a, b, c, d FROM f($1, $2, $3, $4);
"""


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def generate(self, *texts, name="find-people.sql"):
        paths = [self.folder / (name if i == 0 else f"other-{i}.sql") for i in range(len(texts))]
        for path, text in zip(paths, texts):
            path.write_text(text, encoding="utf-8")
        return subprocess.run(
            [SOURCE / "build-aux/generate-calls", "--errors", SOURCE / "src/model/roster-error.h",
             "--output-directory", self.folder, *paths],
            capture_output=True, text=True,
        )  # fmt: skip

    def header(self, *texts):
        result = self.generate(*texts)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return (self.folder / "roster-calls.h").read_text(encoding="utf-8")

    def assert_refused(self, line, message, *texts, **options):
        result = self.generate(*texts, **options)
        name = options.get("name", "find-people.sql")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertTrue(result.stderr.startswith(f"{self.folder / name}:{line}: "), result.stderr)
        self.assertIn(message, result.stderr)
        self.assertFalse((self.folder / "roster-calls.h").exists())


class Generator(Case):
    def test_types(self):
        header = self.header(GOOD)
        self.assertIn(
            "RosterCall *roster_call_find_people (const char *token, const gint64 *key, "
            "const char *const *ids, gint64 at_unix_ms);", header)  # fmt: skip
        self.assertIn(
            "const RosterPersonRow *roster_answer_find_people (const RosterAnswer *answer, "
            "gsize *n_rows, GError **error);", header)  # fmt: skip
        self.assertIn(
            "{\n  const char *id;\n  const char *phone;\n  gint64 seen_at_unix_ms;\n"
            "  gboolean has_seen_at_unix_ms;\n  gboolean is_here;\n} RosterPersonRow;", header)  # fmt: skip

    def test_docs(self):
        header = self.header(GOOD)
        self.assertIn(" * @token: the session's\n * @key: (nullable)\n", header)
        self.assertIn(" * Looks somebody up.\n", header)
        self.assertIn("ROSTER_ERROR_NOT_FOUND (gone, for good), ROSTER_ERROR_INVALID", header)
        self.assertIn(" * @seen_at_unix_ms: (nullable): when\n", header)

    def test_returns(self):
        self.assertIn(
            "gboolean roster_answer_find_people (const RosterAnswer *answer, GError **error);",
            self.header("-- Does.\n-- Returns: nothing\nSELECT 1;\n"),
        )
        self.assertIn(
            "const RosterNRow *roster_answer_find_people (const RosterAnswer *answer, "
            "GError **error);",
            self.header("-- Counts.\n-- Returns: one n\n--   n: oid\nSELECT 1;\n"),
        )

    def test_statements_share_a_row(self):
        one = "-- Counts.\n-- Returns: one n\n--   n: oid\nSELECT 1;\n"
        self.assertEqual(self.header(one, one.replace("one", "many")).count("} RosterNRow;"), 1)
        self.assert_shared_row_refused(one, one.replace("oid", "bigint"))
        self.assert_shared_row_refused(one, one.replace("oid", "oid?"))

    def assert_shared_row_refused(self, one, other):
        (self.folder / "roster-calls.h").unlink(missing_ok=True)
        self.assert_refused(1, "the row n has other columns in", one, other, name="zebra.sql")

    def test_text_is_kept(self):
        self.header('-- Says.\n-- Returns: nothing\nSELECT \'a\\b\',\n  "c";\n')
        source = (self.folder / "roster-calls.c").read_text(encoding="utf-8")
        self.assertIn('"SELECT \'a\\\\b\',\\n"\n  "  \\"c\\""', source)


class Refusals(Case):
    def test_places(self):
        for line, message, old, new in (
            (1, "does not say what", "-- Looks somebody up.\n", ""),
            (2, "“-- ”", "-- @token", "--@token"),
            (2, "is not “name: type”", "text, the session's", "text the session's"),
            (2, "is not “name: type”", "@token: ", "@Token: "),
            (2, "is not “name: type”", "@token: ", "@token_: "),
            (2, "the type varchar is not one of bigint, boolean", "token: text", "token: varchar"),
            (2, "taken in C", "@token", "@while"),
            (2, "taken in C", "@token", "@call"),
            (3, "there twice", "@key: bigint?", "@token: bigint?"),
            (6, "is followed by", "many person", "some person"),
            (6, "is followed by", "many person", "many Person"),
            (6, "is followed by", "many person", "one"),
            (7, "has no columns", "many person", "nothing"),
            (7, "cannot be text[]", "  id: text", "  id: text[]"),
            (8, "there twice", "phone: text?", "id: text?"),
            (8, "out of place", "  phone: text?", "phone: text?"),
            (3, "out of place", "-- @key", "-- Or else.\n-- @key"),
            (7, "out of place", "--   id", "-- Returns: nothing\n--   id"),
            (11, "no code NOT_HERE", "NOT_FOUND", "NOT_HERE"),
            (11, "is not “CODE”", "NOT_FOUND (gone, for good)", "not found"),
            (12, "4 parameters are described, and the statement has $1, $2, $3", ", $4)", ")"),
            (12, "the statement has $1, $2, $3, $5", "$4", "$5"),
            (12, "one statement", ";", ""),
            (12, "one statement", ";", "; SELECT 2;"),
            (12, "comments belong on top", " FROM", " -- from\nFROM"),
            (1, "end a comment", "up.", "up */"),
            (2, "end a comment", "session's", "session */"),
        ):
            with self.subTest(message, new=new):
                self.assert_refused(line, message, GOOD.replace(old, new, 1))

    def test_nothing_returned(self):
        self.assert_refused(1, "“Returns:” is missing", "-- Does.\nSELECT 1;\n")
        self.assert_refused(2, "no columns", "-- Does.\n-- Returns: one n\nSELECT 1;\n")

    def test_file_names(self):
        for name in ("Find.sql", "find_people.sql", "find--people.sql", "2find.sql", "find.txt"):
            with self.subTest(name):
                self.assert_refused(1, "the name of the file", GOOD, name=name)


class Compiling(Case):
    """The functions of the statements that there are."""

    def compile(self, code):
        code = (
            '#include "roster-calls.h"\nvoid f (const RosterAnswer *answer, GError **error);\n'
            "void f (const RosterAnswer *answer, GError **error)\n{\n" + code + ";\n}\n"
        )
        return subprocess.run(
            [*COMPILER, "-fsyntax-only", "-x", "c", "-"], input=code, capture_output=True, text=True
        )

    def test_right_ones(self):
        for code in (
            'roster_call_free (roster_call_people_page ("t", 1, 2, 3))',
            'gint64 key = 1; roster_call_free (roster_call_recently_deleted ("t", &key, 3))',
            'const char *ids[] = { "a", NULL };'
            ' roster_call_free (roster_call_delete_people ("t", "b", ids))',
            "gsize n; g_assert_nonnull (roster_answer_people_page (answer, &n, error))",
        ):
            with self.subTest(code):
                result = self.compile(code)
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_wrong_ones(self):
        for code in (
            'roster_call_people_page ("t", 1, 2)',
            'roster_call_people_page ("t", 1, 2, 3, 4)',
            'roster_call_people_page (1, 1, 2, 3)',
            'roster_call_people_page ("t", "1", 2, 3)',
            'roster_call_recently_deleted ("t", 5, 3)',
            'int key = 1; roster_call_recently_deleted ("t", &key, 3)',
            'roster_call_delete_people ("t", "b", "a")',
            'roster_call_people ("t")',
            "gsize n; const RosterChangeRow *row = roster_answer_people_page (answer, &n, error)",
            "const RosterPersonRow *row = roster_answer_people_page (answer, error)",
            'roster_call_end_session (answer, "s")',
            'roster_answer_end_session (roster_call_end_session ("t", NULL), error)',
        ):
            with self.subTest(code):
                result = self.compile(code)
                self.assertNotEqual(result.returncode, 0)
                self.assertIn("error:", result.stderr)


if __name__ == "__main__":
    del sys.argv[1:]
    tap.main()
