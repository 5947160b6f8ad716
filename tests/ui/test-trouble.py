#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are damaged, newer, or cannot be written; disks that are full; programs that are killed."""

import os
import pathlib
import re
import resource
import signal
import sqlite3
import subprocess

import harness
import tap


class BadFile(harness.TestCase):
    def make_directory(self):
        """Leaves a directory with the ten sample people behind."""
        app = self.start_with_sample_people()
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)

    def set_aside(self, content):
        """Starts with a file of this content, sets it aside, and looks whether it is still there."""
        self.file.write_bytes(content)
        app = self.start_local()
        app.find("label", "The Directory Is Damaged")
        self.assertEqual(self.file.read_bytes(), content)
        app.find("push button", "Keep It Aside and Start Anew").activate()
        where = app.find("label", re.compile("The damaged directory is kept as ")).name
        kept = pathlib.Path(re.search("kept as \u2066(.*)\u2069\\.$", where)[1])
        self.assertEqual(kept.read_bytes(), content)
        app.windows[-1].find("push button", "Close").activate()
        app.find("label", "Nobody Here Yet")

    def test_that_is_none(self):
        self.file.parent.mkdir(parents=True)
        self.set_aside(b"These are no people.\n" * 100)

    def test_truncated(self):
        self.make_directory()
        self.set_aside(self.file.read_bytes()[:-5000])

    def test_of_a_newer_version(self):
        self.make_directory()
        with sqlite3.connect(self.file) as database:
            database.execute("PRAGMA user_version = 1000")
        database.close()
        content = self.file.read_bytes()

        app = self.start_local()
        app.find("label", re.compile("^A newer version of Roster has used this directory."))
        app.wait_gone("push button", "Keep It Aside and Start Anew")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        self.assertEqual(self.file.read_bytes(), content)

    def test_put_right_and_tried_again(self):
        self.make_directory()
        content = self.file.read_bytes()
        self.file.write_bytes(b"These are no people.\n" * 100)
        app = self.start_local()
        app.find("label", "The Directory Is Damaged")
        self.file.write_bytes(content)
        app.find("push button", "Try Again").activate()
        app.row("Alice Johnson")

    def test_that_can_only_be_read(self):
        self.make_directory()
        self.file.chmod(0o444)
        self.file.parent.chmod(0o555)
        self.addCleanup(self.file.parent.chmod, 0o755)
        # Root may write whatever the permissions are, unless that power is taken away.
        powerless = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
        app = self.start_local(prefix=powerless if os.getuid() == 0 else ())
        app.row("Alice Johnson")
        add = app.find("push button", "Add Person", sensitive=False)
        self.assertRegex(add.description, "can only be read")
        app.click(app.row("Bob Williams"))
        app.key("Delete")
        app.find("push button", "Edit", sensitive=False)
        app.type("gra")
        app.wait_people("Grace Lee")


class Unreadable(harness.TestCase):
    """What cannot be read is said, and can be tried again."""

    def rename(self, old, new):
        with sqlite3.connect(self.file) as database:
            database.execute(f"ALTER TABLE {old} RENAME TO {new}")
        database.close()

    def test_history(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        self.rename("people_history", "elsewhere")
        app.key("ctrl+h")
        app.find("label", "The History Could Not Be Read")
        app.find("push button", "Try Again", focused=True)
        self.rename("elsewhere", "people_history")
        app.key("Return")
        app.find("list", "History").find("list item", focused=True)

    def test_recently_deleted(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.key("Delete")
        app.find("label", "Grace Lee deleted")
        self.rename("people_deleted", "elsewhere")
        app.key("F10")
        app.find("menu item", "Recently Deleted").activate()
        app.find("label", "The Deleted People Could Not Be Read")
        self.rename("elsewhere", "people_deleted")
        app.find("push button", "Try Again").activate()
        app.find("list", "Deleted people").find("list item", re.compile("^Grace Lee"))


class FullDisk(harness.TestCase):
    def limit(self, app, n_bytes):
        """Lets no file of the program become larger than this: what a full disk is to a write."""
        resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (n_bytes, resource.RLIM_INFINITY))

    def test_keeps_what_was_typed(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        dialog = app.find("frame", "Add Person")
        app.fill(name="Zoe Young", email="zoe@example.org", phone="030 1234567")
        self.limit(app, 1)
        app.key("ctrl+s")
        dialog.find("alert", re.compile("no space left"))
        self.assertEqual(dialog.find("text", "Name").text, "Zoe Young")
        self.assertEqual(dialog.find("text", "Phone").text, "030 1234567")

        self.limit(app, resource.RLIM_INFINITY)
        app.key("ctrl+s")
        app.wait_gone("frame", "Add Person")
        app.row("Zoe Young")

    def test_says_why_once(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        dialog = app.find("frame", "Add Person")
        self.limit(app, 1)
        app.fill(name="Zoe Young", email="zoe@example.org", phone="030 1234567")
        lost = re.compile("^What you typed would be lost if Roster ended now.")
        self.assertRegex(dialog.find("status bar", lost).name, "no space left")
        app.key("ctrl+s")
        dialog.find("alert", re.compile("no space left"))
        dialog.wait_gone("status bar", re.compile("no space left"))
        dialog.find("status bar", lost)
        self.limit(app, resource.RLIM_INFINITY)
        app.key("ctrl+s")
        app.wait_gone("frame", "Add Person")

    def test_delete_says_so(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        self.limit(app, 1)
        app.key("Delete")
        app.find("label", re.compile("no space left"))
        app.row("Bob Williams")
        app.find("status bar", "10 people")


class Killed(harness.TestCase):
    def test_what_was_saved_is_there(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("Delete")
        app.find("status bar", "9 people")
        subprocess.run(["kill", "-KILL", str(app.process.pid)], check=True)
        self.assertEqual(app.wait_end(), -signal.SIGKILL)
        app.process.returncode = 0
        again = self.start()
        again.find("status bar", "9 people")
        self.assertNotIn("Bob Williams", again.people)


if __name__ == "__main__":
    tap.main()
