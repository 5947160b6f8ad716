# SPDX-License-Identifier: GPL-3.0-or-later
"""The operator's tool, run beside a server of the script's own."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import uuid

import cluster
import directory

ROSTER_DB = os.environ["ROSTER_DB"]


class ToolCase(unittest.TestCase):
    version = 16

    @classmethod
    def setUpClass(cls):
        context = cluster.running(cluster.Cluster, cls.version)
        cls.server = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)

    def setUp(self):
        self.database = self.server.make_database(f"tool_{uuid.uuid4().hex[:12]}")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.url = self.server.url(self.database, options="sslmode=disable")

    def start(self, *arguments, url=None, folder=None, stdout=subprocess.PIPE):
        # Whatever language libpq would speak otherwise.
        environment = {"LC_ALL": "C.UTF-8", "LANGUAGE": "de",
                       "PATH": os.environ["PATH"], "HOME": str(self.folder)}  # fmt: skip
        for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "G_DEBUG"):
            if name in os.environ:
                environment[name] = os.environ[name]
        if url != "":
            environment["DATABASE_URL"] = url or self.url
            environment["DATABASE_URL_UNPOOLED"] = url or self.url
        return subprocess.Popen(
            [ROSTER_DB, *arguments], env=environment, cwd=folder or self.folder, text=True,
            stdout=stdout, stderr=subprocess.PIPE,
        )  # fmt: skip

    def finish(self, process):
        output, errors = process.communicate(timeout=cluster.DEADLINE_S)
        self.assertNotIn(cluster.PASSWORD, errors)
        self.assertNotIn("correct%20horse", errors)
        return process.returncode, output, errors

    def run_tool(self, *arguments, **options):
        return self.finish(self.start(*arguments, **options))

    def succeed(self, *arguments, **options):
        status, output, errors = self.run_tool("--json", *arguments, **options)
        self.assertEqual(status, 0, errors)
        return json.loads(output)

    def fail_with(self, words, *arguments, **options):
        status, output, errors = self.run_tool(*arguments, **options)
        self.assertEqual(status, 1, output)
        self.assertIn(words, errors)
        return errors

    def sql(self, text, *values, user=cluster.OWNER):
        with contextlib.closing(self.server.connect(user=user, dbname=self.database)) as connection:
            with connection.cursor() as cursor:
                cursor.execute(text, values or None)
                return cursor.fetchall() if cursor.description else []

    def push_as_the_web_application(self):
        for path in sorted(directory.SQL.glob("migrations/*/migration.sql")):
            self.sql(path.read_text(encoding="utf-8"))
