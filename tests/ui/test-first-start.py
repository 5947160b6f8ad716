#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start, the second one, and a second start while the first runs."""

import re

import harness
import tap

SAMPLE_PEOPLE = (
    "Alice Johnson", "Bob Williams", "Charlie Brown", "Emily Davis", "Frank Miller", "Grace Lee",
    "Henry Moore", "Isabella Young", "Jane Smith", "John Doe",
)  # fmt: skip


class FirstStart(harness.TestCase):
    def test_from_welcome_to_people(self):
        app = self.start()
        app.find("label", "Welcome to Roster")
        self.assertTrue(app.find("push button", "Connect to a Team Directory").has("sensitive"))
        app.find("push button", "Use on This Computer", focused=True).activate()
        app.find("label", "Nobody Here Yet")
        app.wait_gone("label", "Welcome to Roster")
        app.find("push button", "Start with Sample People").activate()
        app.wait_people(*SAMPLE_PEOPLE)
        app.find("status bar", "10 people")

        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        self.assertTrue(self.file.exists())
        again = self.start()
        again.wait_people(*SAMPLE_PEOPLE)

    def test_without_the_module_for_teams(self):
        app = self.start(ROSTER_MODULE_DIR="/nowhere")
        team = app.find("push button", "Connect to a Team Directory")
        self.assertFalse(team.has("sensitive"))
        self.assertIn("without the part for team directories", team.description)

    def test_with_a_damaged_module_for_teams(self):
        (self.home / "libroster-team.so").write_text("damaged")
        app = self.start(ROSTER_MODULE_DIR=str(self.home))
        app.find("push button", "Connect to a Team Directory").activate()
        app.find("label", re.compile("missing or damaged"))
        app.find("push button", "Try Again", focused=True).activate()
        app.find("label", re.compile("missing or damaged"))

    def test_add_the_first_person(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        buttons = list(app.all("push button", "Add Person"))
        self.assertEqual(len(buttons), 2)
        buttons[-1].activate()
        app.find("frame", "Add Person")
        app.fill(name="Grace Lee", email="grace.lee@example.com", phone="+1 555 0108")
        app.key("ctrl+s")
        app.wait_people("Grace Lee")

    def test_sample_of_any_size_is_thrown_away(self):
        app = self.start("--sample", "1234")
        app.find("status bar", "1234 people")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        left = [path for path in self.home.rglob("*.db*")]
        self.assertEqual(left, [])

    def test_a_relative_folder_is_ignored(self):
        app = self.start_local(XDG_DATA_HOME="data")
        app.find("label", "Nobody Here Yet")
        self.assertTrue((self.home / ".local/share/roster/directory.db").exists())

    def test_second_start_raises_the_first(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        second = harness.App(home=self.home)
        self.addCleanup(second.end)
        self.assertEqual(second.wait_end(), 0)
        self.assertEqual([window.name for window in app.windows], ["Roster"])


class CommandLine(harness.TestCase):
    def assert_says(self, arguments, status, text):
        app = harness.App(*arguments, home=self.home)
        self.addCleanup(app.end)
        self.assertEqual(app.wait_end(), status)
        self.assertIn(text, (self.home / "stdout").read_text() + app.log())

    def test_version(self):
        self.assert_says(["--version"], 0, "Roster 0.")

    def test_help(self):
        self.assert_says(["--help"], 0, "--sample=NUMBER")

    def test_sample_of_nobody(self):
        self.assert_says(["--sample", "0"], 1, "0")

    def test_unknown_option(self):
        self.assert_says(["--nonsense"], 1, "--nonsense")


if __name__ == "__main__":
    tap.main()
