#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the tree against checks.py, and checks.py against made-up trees that break each rule."""

import importlib.machinery
import importlib.util
import os
import pathlib
import tempfile
import unittest

import checks
import tap

ROOT = pathlib.Path(os.environ["ROSTER_SOURCE_DIR"])

TEMPLATE = '<interface><object class="GtkLabel"><property name="label"{}>Hello</property></object></interface>'
TRANSLATION = """
msgid ""
msgstr ""
"Project-Id-Version: a\\n"
"PO-Revision-Date: 2024-05-03 12:00+0000\\n"
"Last-Translator: a\\n"
"Language-Team: German\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

msgid "A"
msgstr "A"

msgid "Hello"
msgstr "Hallo"
"""
GOOD_TREE = {
    "po/LINGUAS": "de\n",
    "po/de.po": TRANSLATION,
    "po/POTFILES": "# people's words\ndata/a.desktop.in\ndata/ui/a.ui\nsrc/ui/a.c\n",
    "data/a.desktop.in": "[Desktop Entry]\nName=A\n",
    "data/ui/a.ui": TEMPLATE.format(' translatable="yes"'),
    "src/ui/a.c": 'const char *a = _("Hello"); /* "SELECT a row" */\n',
    "src/model/b.c": '/* _("not a string") */ const char *b = "Updated";\n',
    "src/replica/c.c": "#include <sqlite3.h>\n",
    "sql/a.gresource.xml": "<file>migrations/1_a/migration.sql</file><file>seed.sql</file>",
    "sql/migrations/1_a/migration.sql": "SELECT 1;",
    "sql/seed.sql": "SELECT 1;",
    "tests/test-a.c": "int main (void) { return 0; }\n",
}


class TheTree(unittest.TestCase):
    def test_everything_with_words_is_translated(self):
        self.assertEqual(checks.untranslated_files(ROOT), [])

    def test_every_text_in_a_template_is_translatable(self):
        self.assertEqual(checks.untranslatable_texts(ROOT), [])

    def test_translations_are_complete(self):
        self.assertEqual(checks.incomplete_translations(ROOT), [])

    def test_no_sql_in_code(self):
        self.assertEqual(checks.sql_in_code(ROOT), [])

    def test_every_statement_is_compiled_in(self):
        self.assertEqual(checks.unlisted_sql(ROOT), [])

    def test_database_headers_stay_in_their_rooms(self):
        self.assertEqual(checks.database_headers_outside(ROOT), [])

    def test_nothing_is_skipped(self):
        self.assertEqual(checks.skips(ROOT), [])


class TheChecks(unittest.TestCase):
    def assert_finds(self, check, n_problems, changes):
        """That check finds so many problems in the good tree with some files changed or gone."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in (GOOD_TREE | changes).items():
                if text is not None:
                    (root / name).parent.mkdir(parents=True, exist_ok=True)
                    (root / name).write_text(text, encoding="utf-8")
            problems = check(root)
        self.assertEqual(len(problems), n_problems, problems)

    def test_a_good_tree_is_good(self):
        for check in (
            checks.untranslated_files,
            checks.untranslatable_texts,
            checks.incomplete_translations,
            checks.sql_in_code,
            checks.unlisted_sql,
            checks.database_headers_outside,
            checks.skips,
        ):
            self.assert_finds(check, 0, {})

    def test_missing_from_potfiles(self):
        listed = GOOD_TREE["po/POTFILES"]
        for name in ("data/a.desktop.in", "data/ui/a.ui", "src/ui/a.c"):
            without = listed.replace(name + "\n", "")
            self.assert_finds(checks.untranslated_files, 1, {"po/POTFILES": without})
        for name, text in {
            "data/ui/pages/new.ui": TEMPLATE,
            "data/b.metainfo.xml.in": "<component/>",
            "data/b.gschema.xml.in": "<schemalist/>",
            "src/directory/new.c": 'ngettext ("%u person", "%u people", n)',
            "src/ui/new.h": '#define GREETING N_("Hello")',
        }.items():
            self.assert_finds(checks.untranslated_files, 1, {name: text})

    def test_potfiles_that_lie(self):
        self.assert_finds(checks.untranslated_files, 1, {"data/a.desktop.in": None})
        backwards = "src/ui/a.c\ndata/ui/a.ui\ndata/a.desktop.in\n"
        self.assert_finds(checks.untranslated_files, 1, {"po/POTFILES": backwards})

    def test_a_forgotten_migration(self):
        for name in ("migrations/2_b/migration.sql", "migrations/seed.sql", "eed.sql"):
            self.assert_finds(checks.unlisted_sql, 1, {f"sql/{name}": "SELECT 1;"})

    def test_untranslatable_text(self):
        self.assert_finds(checks.untranslatable_texts, 1, {"data/ui/a.ui": TEMPLATE.format("")})
        item = '<menu><item><attribute name="label">Open</attribute></item></menu>'
        self.assert_finds(
            checks.untranslatable_texts, 1, {"data/ui/a.ui": f"<interface>{item}</interface>"}
        )

    def test_incomplete_translation(self):
        hello = 'msgid "Hello"\nmsgstr "Hallo"\n'
        for translation in (
            TRANSLATION.replace(hello, ""),
            TRANSLATION.replace("Hallo", ""),
            TRANSLATION.replace(hello, "#, fuzzy\n" + hello),
            TRANSLATION + '\n#, c-format\nmsgid "%s"\nmsgstr "%d"\n',
        ):
            self.assert_finds(checks.incomplete_translations, 1, {"po/de.po": translation})
        new = {"src/ui/a.c": 'const char *a = _("Hello"), *b = _("Good day");'}
        self.assert_finds(checks.incomplete_translations, 1, new)
        self.assert_finds(checks.incomplete_translations, 1, {"po/ar.po": TRANSLATION})

    def test_sql_in_code(self):
        for sql in ("SELECT 1", " INSERT INTO people", "PRAGMA user_version"):
            self.assert_finds(checks.sql_in_code, 1, {"src/replica/c.c": f'query ("{sql}");'})

    def test_database_header_outside(self):
        for name in ("src/ui/a.c", "src/directory/d.c"):
            text = "#include <sqlite3.h>\n"
            self.assert_finds(checks.database_headers_outside, 1, {name: text})

    def test_skip(self):
        for name, text in {
            "tests/test-a.c": 'g_test_skip ("no display");',
            "tests/ui/test-a.py": '@unittest.skip("no display")',
            "tests/ui/test-b.py": 'self.skipTest("no display")',
        }.items():
            self.assert_finds(checks.skips, 1, {name: text})


class CountingTests(unittest.TestCase):
    def setUp(self):
        path = str(ROOT / "build-aux/count-tests")
        loader = importlib.machinery.SourceFileLoader("count_tests", path)
        spec = importlib.util.spec_from_loader("count_tests", loader)
        self.count_tests = importlib.util.module_from_spec(spec)
        loader.exec_module(self.count_tests)

    def assert_counts(self, result, output, passed, failed, skipped):
        self.assertEqual(
            self.count_tests.count_program(result, output),
            {"passed": passed, "failed": failed, "skipped": skipped},
        )

    def test_cases(self):
        self.assert_counts("OK", "TAP version 13\n1..2\nok 1 /a\n# ok\nok 2 /b\n", 2, 0, 0)
        self.assert_counts("FAIL", "1..2\nok 1 /a\nnot ok 2 /b\n", 1, 1, 0)
        self.assert_counts("OK", "1..2\nok 1 /a\nok 2 /b # SKIP no display\n", 1, 0, 1)
        self.assert_counts("OK", "1..1\nnot ok 1 /a # TODO later\n", 0, 1, 0)

    def test_programs_without_cases(self):
        self.assert_counts("OK", "", 1, 0, 0)
        self.assert_counts("FAIL", "", 0, 1, 0)
        self.assert_counts("SKIP", "", 0, 0, 1)

    def test_programs_that_end_badly(self):
        for result in ("ERROR", "TIMEOUT", "INTERRUPT"):
            self.assert_counts(result, "1..2\nok 1 /a\n", 1, 1, 0)


if __name__ == "__main__":
    tap.main()
