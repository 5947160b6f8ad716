#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history of a person, bringing back, undoing and doing again."""

import re
import sqlite3

import harness
import tap


def edit(app, who, **values):
    """Changes somebody by the dialog."""
    app.click(app.row(who))
    app.key("F2")
    app.find("frame", "Edit Person")
    app.fill(**values)
    app.key("ctrl+s")
    app.wait_gone("frame", "Edit Person")


def rows(app):
    return [row.name for row in app.find("list", "History").all("list item")]


class History(harness.TestCase):
    def wait_rows(self, app, *patterns):
        """Waits until the history is this, newest first."""

        def matches():
            names = rows(app)
            return len(names) == len(patterns) and all(map(re.search, patterns, names))

        try:
            harness.wait_for(matches, "the history")
        except AssertionError as error:
            raise AssertionError(f"{rows(app)} instead of {patterns}") from error

    def test_of_everything(self):
        app = self.start_with_sample_people()
        edit(app, "Grace Lee", email="grace@example.org")
        app.key("Delete")
        app.find("label", "Grace Lee deleted")
        app.key("ctrl+z")
        app.find("label", "Undone: Grace Lee deleted")
        app.click(app.row("Grace Lee"))
        app.find("push button", "History").activate()
        self.wait_rows(
            app,
            "^Restored today, By you, Name Grace Lee, E-mail grace@example.org, Phone ",
            "^Deleted today, By you$",
            "^Edited today, By you, E-mail from grace.lee@example.com to grace@example.org$",
            "^Added today, By you, Name Grace Lee, E-mail grace.lee@example.com, Phone ",
        )
        self.assertRegex(app.find("list item", re.compile("^Edited")).description, r"\d\d:\d\d")

    def test_the_ways_there_and_back(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        for back in ("Escape", "alt+Left", None):
            app.key("ctrl+h")
            app.find("list", "History").find("list item", focused=True)
            if back is not None:
                app.key(back)
            else:
                app.find("push button", "Back").activate()
            app.wait_gone("list", "History")
            app.find(name="RosterPersonPane").find("push button", "Copy E-mail")
        app.key("ctrl+h")
        app.find("list", "History")
        app.click(app.row("Bob Williams"))
        app.wait_gone("list", "History")

    def test_while_it_is_open(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.key("ctrl+h")
        self.wait_rows(app, "^Added")
        app.wait_gone("push button", "Bring Back")
        app.key("F2")
        app.find("frame", "Edit Person")
        app.fill(phone="030 1234567")
        app.key("ctrl+s")
        self.wait_rows(app, "^Edited today, By you, Phone from .* to 030 1234567$", "^Added")
        app.find("push button", "Bring Back").activate()
        self.wait_rows(app, "Phone from 030 1234567 to", "^Edited", "^Added")
        app.row("Grace Lee")
        self.assertIn("0108", app.row("Grace Lee").name)

        app.key("ctrl+z")
        self.wait_rows(app, "to 030 1234567$", "^Edited", "^Edited", "^Added")
        app.key("ctrl+shift+z")
        app.find("label", "Grace Lee changed")
        self.wait_rows(app, "from 030 1234567", "^Edited", "^Edited", "^Edited", "^Added")

    def test_bring_back_an_email_that_somebody_has(self):
        app = self.start_with_sample_people()
        edit(app, "Grace Lee", email="grace@example.org")
        edit(app, "Bob Williams", email="grace.lee@example.com")
        app.click(app.row("Grace Lee"))
        app.key("ctrl+h")
        app.find("push button", "Bring Back").activate()
        app.find("label", re.compile("^Bob Williams now has the e-mail of Grace Lee. Change it"))
        self.wait_rows(app, "^Edited", "^Added")

    def test_long_values_do_not_widen_the_window(self):
        app = self.start_with_sample_people()
        edit(app, "Grace Lee", name="W" * 200, email="w" * 60 + "@example.org")
        app.resize(360, 640)
        app.wait_gone(name="RosterPersonPane")
        app.key("ctrl+h")
        app.find("list", "History").find("list item", focused=True)
        for node in app.find("list", "History").walk():
            x, _, width, _ = node.box
            self.assertLessEqual(x + width, 361, node)

    def test_of_thousands(self):
        app = self.start_with_sample_people()
        edit(app, "Grace Lee", phone="030 1")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        with sqlite3.connect(self.file) as database:
            columns = [row[1] for row in database.execute("PRAGMA table_info (people_history)")]
            others = ", ".join(column for column in columns if column != "id")
            query = f"""INSERT INTO people_history (id, {others})
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                SELECT (SELECT max (id) FROM people_history) + i, {others} FROM n,
                (SELECT * FROM people_history WHERE operation = 'update' LIMIT 1)"""
            database.execute(query)
        database.close()
        app = self.start()
        app.click(app.row("Grace Lee"))
        app.key("ctrl+h")
        app.find("list", "History").find("list item", focused=True)
        app.key("End")
        app.find("list item", re.compile("^Added"), focused=True)


class Undoing(harness.TestCase):
    def test_everything_backwards_and_forwards(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Adam Ng", email="adam@example.org", phone="030 1234567")
        app.key("ctrl+s")
        app.find("label", "Adam Ng added")
        edit(app, "Bob Williams", name="Bob Young")
        app.find("label", "Bob Young changed")
        for name in ("Grace Lee", "Henry Moore", "Jane Smith"):
            app.click(app.row(name))
            app.key("Delete")
            app.wait_gone("list item", re.compile("^" + name))
        app.find("label", "3 people deleted")
        app.find("status bar", "8 people")

        for name in ("Jane Smith", "Henry Moore", "Grace Lee"):
            app.key("ctrl+z")
            app.find("label", f"Undone: {name} deleted")
            app.row(name)
        app.key("ctrl+z")
        app.row("Bob Williams")
        app.key("ctrl+z")
        app.wait_gone("list item", re.compile("^Adam Ng"))
        app.find("status bar", "10 people")

        app.key("ctrl+shift+z")
        app.row("Adam Ng")
        app.find("label", "Adam Ng added")
        app.key("ctrl+y")
        app.row("Bob Young")
        app.key("ctrl+y", "ctrl+y", "ctrl+y")
        app.find("status bar", "8 people")
        app.find("label", "3 people deleted")
        app.find("push button", "Undo").activate()
        app.find("status bar", "11 people")

    def test_many_at_once(self):
        app = self.start_with_sample_people()
        app.click(app.row("Alice Johnson"))
        app.key("ctrl+a", "Delete")
        app.find("label", "10 people deleted")
        app.find("label", "Nobody Here Yet")
        app.key("ctrl+z")
        app.find("status bar", "10 people")
        app.find("label", "Undone: 10 people deleted")

    def test_leaves_typing_to_the_entry(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("Delete")
        app.find("status bar", "9 people")
        app.type("gra")
        app.wait_people("Grace Lee")
        app.key("ctrl+z")
        harness.wait_for(lambda: len(app.people) == 9, "the typing undone")
        app.find("status bar", "9 people")

    def test_what_was_changed_since(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("Delete")
        app.find("label", "Bob Williams deleted")
        edit(app, "Grace Lee", email="bob.williams@example.com")
        app.key("ctrl+z", "ctrl+z")
        app.row("Bob Williams")
        self.assertIn("grace.lee@example.com", app.row("Grace Lee").name)

        app.click(app.row("Bob Williams"))
        app.key("Delete")
        app.find("label", "Bob Williams deleted")
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Adam Ng", email="bob.williams@example.com", phone="030 1234567")
        app.key("ctrl+s")
        app.find("label", "Adam Ng added")
        app.key("ctrl+z", "ctrl+z")
        app.row("Bob Williams")


if __name__ == "__main__":
    tap.main()
