#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving copies of the directory, and opening them in its place."""

import re
import resource
import shutil
import signal
import sqlite3

import harness
import tap


class Copies(harness.TestCase):
    @property
    def copy(self):
        return self.home / "copy.roster"

    def start(self, *arguments, **options):
        return super().start(*arguments, **(harness.file_dialog_environment() | options))

    def choose(self, app, item, path):
        """Chooses the item of the menu, and then this file."""
        app.key("F10")
        app.find("menu item", item).activate()
        chooser = app.find(name=item.removesuffix("…"))
        if item.startswith("Open"):
            app.key("ctrl+l")
        chooser.find("text", focused=True).text = str(path)
        app.windows[-1].find("push button", item.split()[0], sensitive=True).activate()

    def save(self, app):
        self.choose(app, "Save a Copy…", self.copy)

    def names(self, path):
        database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            return [row[0] for row in database.execute("SELECT name FROM people ORDER BY name")]
        finally:
            database.close()

    def delete(self, app, name):
        app.click(app.row(name))
        app.key("Delete")
        harness.wait_for(lambda: name not in app.people, f"{name} to be gone")

    @property
    def previous(self):
        return sorted(self.file.parent.glob("directory.db.previous-*"))

    def open_copy(self, app):
        """Opens the copy of ten people; returns the dialog that says where the other is."""
        self.choose(app, "Open a Copy…", self.copy)
        app.find("label", "Open “copy.roster”?")
        app.find("label", re.compile("^It has 10 people"))
        app.windows[-1].find("push button", "Open").activate()
        app.find("label", "Copy Opened")
        return app.windows[-1]


class Saving(Copies):
    def test_while_it_is_in_use(self):
        app = self.start_with_sample_people()
        self.save(app)
        app.find("label", "Copy saved as “copy.roster”")
        self.assertEqual(len(self.names(self.copy)), 10)
        self.assertEqual(self.copy.stat().st_mode & 0o777, 0o600)
        self.delete(app, "Bob Williams")
        self.assertEqual(len(self.names(self.copy)), 10)

    def test_onto_the_directory_itself(self):
        app = self.start_with_sample_people()
        self.choose(app, "Save a Copy…", self.file)
        app.find("push button", "Replace").activate()
        app.find("label", re.compile("belongs to the directory itself"))
        app.row("Bob Williams")
        self.delete(app, "Bob Williams")

    def test_onto_a_full_disk(self):
        app = self.start_with_sample_people()
        self.copy.write_bytes(b"As it was.")
        self.choose(app, "Save a Copy…", self.copy)
        # The list of recently used files has room.
        resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
        app.find("push button", "Replace").activate()
        app.find("label", re.compile("no space left"))
        self.assertEqual(self.copy.read_bytes(), b"As it was.")
        self.assertEqual(list(self.home.glob("copy.roster.*")), [])

    def test_quitting_with_the_question_open(self):
        app = self.start_with_sample_people()
        app.key("F10")
        app.find("menu item", "Save a Copy…").activate()
        app.find(name="Save a Copy").find("text", focused=True)
        app.process.terminate()
        self.assertEqual(app.wait_end(), 0)


class Opening(Copies):
    def make_copy(self):
        """A copy of ten people, and a directory of nine."""
        app = self.start_with_sample_people()
        self.save(app)
        harness.wait_for(self.copy.exists, "the copy")
        self.delete(app, "Bob Williams")
        return app

    def test_and_undoing_it(self):
        app = self.make_copy()
        before = self.copy.read_bytes()
        dialog = self.open_copy(app)
        (previous,) = self.previous
        dialog.find("label", re.compile("kept as .*" + re.escape(previous.name)))
        self.assertNotIn("Bob Williams", self.names(previous))
        dialog.find("push button", "Undo").activate()
        # The dialog of before is gone once the directory is there again, and comes anew.
        app.find("status bar", "9 people")
        app.find("dialog", "Copy Opened").find("push button", "Close").activate()
        self.assertEqual(len(self.previous), 2)
        self.assertEqual(self.copy.read_bytes(), before)
        self.assertEqual([*self.file.parent.glob("*.part-*")], [])

    def test_and_going_on_with_it(self):
        app = self.make_copy()
        self.open_copy(app).find("push button", "Close").activate()
        app.find("status bar", "10 people")
        self.delete(app, "Grace Lee")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        again = self.start()
        again.find("status bar", "9 people")
        self.assertIn("Bob Williams", again.people)
        self.assertIn("Grace Lee", self.names(self.copy))

    def test_and_changing_ones_mind(self):
        app = self.make_copy()
        self.choose(app, "Open a Copy…", self.copy)
        app.find("label", "Open “copy.roster”?")
        app.windows[-1].find("push button", "Cancel").activate()
        app.wait_gone("label", "Open “copy.roster”?")
        app.find("status bar", "9 people")
        self.assertEqual(self.previous, [])
        harness.wait_for(lambda: not [*self.file.parent.glob("*.part-*")], "nothing left behind")

    def test_made_with_cp_while_it_is_in_use(self):
        app = self.start_with_sample_people()
        for suffix in ("", "-wal"):
            shutil.copy(f"{self.file}{suffix}", f"{self.copy}{suffix}")
        self.delete(app, "Bob Williams")
        self.open_copy(app).find("push button", "Close").activate()
        app.find("status bar", "10 people")
        self.assertEqual(
            sorted(path.name for path in self.home.glob("copy.*")),
            ["copy.roster", "copy.roster-wal"],
        )

    def test_that_is_none(self):
        app = self.start_with_sample_people()
        self.copy.write_bytes(b"These are no people.\n" * 100)
        self.choose(app, "Open a Copy…", self.copy)
        app.find("label", "The Copy Could Not Be Opened")
        app.find("label", re.compile("“copy.roster” is damaged, or no directory of Roster"))
        app.windows[-1].find("push button", "Close").activate()
        app.find("status bar", "10 people")

    def test_that_is_not_there(self):
        app = self.start_with_sample_people()
        self.choose(app, "Open a Copy…", self.copy)
        app.find("label", "The Copy Could Not Be Opened")
        app.find("label", re.compile("There is no file “copy.roster”"))
        app.windows[-1].find("push button", "Close").activate()
        app.find("status bar", "10 people")

    def test_in_place_of_what_is_damaged(self):
        app = self.make_copy()
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        self.file.write_bytes(b"These are no people.\n" * 100)
        app = self.start()
        app.find("label", "The Directory Is Damaged")
        self.choose(app, "Open a Copy…", self.copy)
        app.find("label", "Open “copy.roster”?")
        app.windows[-1].find("push button", "Open").activate()
        app.find("label", re.compile("The damaged directory is kept as "))
        app.windows[-1].find("push button", "Close").activate()
        app.find("status bar", "10 people")

    def test_quitting_with_the_question_open(self):
        app = self.make_copy()
        self.choose(app, "Open a Copy…", self.copy)
        app.find("label", "Open “copy.roster”?")
        app.process.send_signal(signal.SIGINT)
        self.assertEqual(app.wait_end(), 0)
        self.assertEqual([*self.file.parent.glob("*.part-*")], [])


if __name__ == "__main__":
    tap.main()
