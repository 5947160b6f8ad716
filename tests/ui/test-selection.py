#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Selecting people, and what one can do with them."""

import contextlib
import csv
import re

import harness
import tap


@contextlib.contextmanager
def held(key):
    """While a key is held down."""
    harness.xdotool("keydown", key)
    try:
        yield
    finally:
        harness.xdotool("keyup", key)


class Selecting(harness.TestCase):
    def wait_selected(self, app, *names):
        """Waits until these, and only these, are selected, and said to be."""
        def selected():
            items = app.find("list", "People").all("list item", selected=True)
            return [item.name.split(", ")[0] for item in items]

        harness.wait_for(lambda: selected() == list(names), f"{names} selected")
        count = f"{len(names)} Selected" if names else "Select People"
        app.find("status bar", count)

    def wait_ended(self, app):
        app.wait_gone("push button", "Cancel")
        app.find("push button", "Main Menu")


class ByKeyboard(Selecting):
    def test_with_shift_and_the_arrows(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("shift+Down", "shift+Down")
        self.wait_selected(app, "Bob Williams", "Charlie Brown", "Emily Davis")
        app.find("label", "3 People Selected")
        app.key("shift+Up")
        self.wait_selected(app, "Bob Williams", "Charlie Brown")
        # The arrows alone only move.
        app.key("Down", "Down", "space")
        self.wait_selected(app, "Bob Williams", "Charlie Brown", "Frank Miller")
        app.key("space")
        self.wait_selected(app, "Bob Williams", "Charlie Brown")
        app.key("Return")
        self.wait_selected(app, "Bob Williams", "Charlie Brown", "Frank Miller")

        # Then everything is as it was.
        app.key("Escape")
        self.wait_ended(app)
        app.find(name="RosterPersonPane").find("label", "Bob Williams")
        app.find("list item", re.compile("^Frank Miller"), focused=True)

    def test_all(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("ctrl+a")
        self.wait_selected(app, *app.people)
        app.key("ctrl+shift+a")
        self.wait_selected(app)
        self.assertFalse(app.find("push button", "Delete").has("sensitive"))
        self.assertEqual(app.find("push button", "Copy").description, "Select somebody first.")

    def test_from_the_menu_to_every_button(self):
        app = self.start_with_sample_people()
        app.find("label", "10 people added")
        app.key("Escape")
        app.wait_gone("label", "10 people added")
        app.key("F10")
        app.find("menu item", "Select People").activate()
        self.wait_selected(app)
        app.find("list item", focused=True)
        app.key("ctrl+a")
        self.wait_selected(app, *app.people)
        left = {"Cancel", "Search", "Select All", "Delete", "Copy", "Export…"}
        for key in ["Tab"] * 4 + ["shift+Tab"] * 6:
            app.key(key)
            left -= {node.name for node in app.all(focused=True)}
        self.assertEqual(left, set())


class ByMouse(Selecting):
    def test_with_control(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        with held("ctrl"):
            app.click(app.row("Grace Lee"))
        self.wait_selected(app, "Bob Williams", "Grace Lee")
        # From here on a click is enough, and two are two.
        app.click(app.row("Frank Miller"))
        self.wait_selected(app, "Bob Williams", "Frank Miller", "Grace Lee")
        app.click(app.row("Bob Williams"))
        self.wait_selected(app, "Frank Miller", "Grace Lee")
        app.click(app.row("Alice Johnson"), times=2)
        app.click(app.row("Henry Moore"), times=3)
        self.wait_selected(app, "Frank Miller", "Grace Lee", "Henry Moore")
        app.find("push button", "Cancel").activate()
        self.wait_ended(app)
        app.find(name="RosterPersonPane").find("label", "Bob Williams")

    def test_with_shift(self):
        app = self.start_with_sample_people()
        app.click(app.row("Charlie Brown"))
        with held("shift"):
            app.click(app.row("Grace Lee"))
        names = "Charlie Brown", "Emily Davis", "Frank Miller", "Grace Lee"
        self.wait_selected(app, *names)
        app.find("push button", "Select All").activate()
        self.wait_selected(app, *app.people)

    def test_from_the_menu_of_a_row(self):
        app = self.start_with_sample_people()
        app.click(app.row("Henry Moore"), button=3)
        app.find("menu item", "Select").activate()
        self.wait_selected(app, "Henry Moore")

    def test_narrow(self):
        app = self.start_with_sample_people()
        app.resize(360, 640)
        app.wait_gone(name="RosterPersonPane")
        with held("ctrl"):
            app.click(app.row("Bob Williams"))
        app.click(app.row("Grace Lee"))
        self.wait_selected(app, "Bob Williams", "Grace Lee")
        app.wait_gone(name="RosterPersonPane")
        for name in ("Cancel", "Select All", "Delete", "Export…"):
            x, _, width, _ = app.find("push button", name).box
            self.assertLessEqual(x + width, 361, name)


class Staying(Selecting):
    def test_through_searches_orders_and_changes(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        with held("ctrl"):
            app.click(app.row("Grace Lee"))
        self.wait_selected(app, "Bob Williams", "Grace Lee")

        # Whom one does not see nothing is done to.
        app.type("gra")
        app.wait_people("Grace Lee")
        self.wait_selected(app, "Grace Lee")
        app.find("status bar", "1 more hidden by the search")
        app.find("push button", "Delete").activate()
        app.find("label", "Grace Lee deleted")
        app.find("status bar", "9 people")
        app.find("push button", "Undo").activate()
        app.find("status bar", "10 people")

    def test_what_is_hidden_comes_back(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        with held("ctrl"):
            app.click(app.row("Grace Lee"))
        app.type("gra")
        app.wait_people("Grace Lee")
        app.key("Escape")
        self.wait_selected(app, "Bob Williams", "Grace Lee")
        app.key("Escape")
        self.wait_ended(app)

    def test_somebody_who_is_added_is_shown(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("ctrl+a")
        self.wait_selected(app, *app.people)
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Zoe Mueller", email="zoe@example.org", phone="030 1234567")
        app.key("ctrl+s")
        self.wait_ended(app)
        app.find(name="RosterPersonPane").find("label", "Zoe Mueller")


class Scrolling(harness.TestCase):
    def test_through_a_change_of_many(self):
        """What one sees stays where it is, whoever goes above it and below."""
        app = self.start_local("--sample", "3000")
        app.find("status bar", "3000 people")
        app.key("ctrl+f")
        app.type("@exam")
        app.find("status bar", re.compile("of 3000$"))
        app.key("Down", "ctrl+a", "Delete")
        app.find("label", "Nobody Found")
        app.key("Escape")
        app.find("list item")
        app.key("ctrl+z")
        app.find("status bar", "3000 people")

        app.key(*["Next"] * 60)
        people = app.find("list", "People")
        top = people.box[1]
        harness.wait_for(lambda: self.first_seen(people, top), "who stays")
        name, box = self.first_seen(people, top)
        app.key("ctrl+shift+z")
        app.find("status bar", "1765 people")
        harness.wait_for(lambda: app.find("list item", name).box == box, f"{name} at {box}")

    def first_seen(self, people, top):
        """Of those whom one sees the first who stays: the name and the place."""
        for row in people.all("list item"):
            x, y, width, height = row.box
            if y + height > top and "@exam" not in row.name:
                return row.name, row.box


class Acting(Selecting):
    def select_three(self, **options):
        app = self.start_with_sample_people(**options)
        app.click(app.row("Bob Williams"))
        app.key("shift+Down", "shift+Down")
        self.wait_selected(app, "Bob Williams", "Charlie Brown", "Emily Davis")
        return app

    def test_delete_and_undo(self):
        app = self.select_three()
        everybody = app.people
        app.key("Delete")
        app.find("label", "3 people deleted")
        self.wait_ended(app)
        self.assertEqual(len(app.people), 7)
        app.find("push button", "Undo").activate()
        app.wait_people(*everybody)

    def test_delete_everybody(self):
        app = self.start_with_sample_people()
        app.click(app.row("Bob Williams"))
        app.key("ctrl+a", "Delete")
        app.find("label", "Nobody Here Yet")
        app.find("label", "10 people deleted")
        app.wait_gone("push button", "Cancel")
        app.key("ctrl+z")
        app.find("status bar", "10 people")

    def test_delete_all_who_were_found(self):
        app = self.start_with_sample_people()
        app.key("ctrl+f")
        app.type("0104")
        app.wait_people("Bob Williams")
        app.key("Down", "ctrl+a", "Delete")
        app.find("label", "Nobody Found")
        # The keys still have somewhere to go.
        app.find("push button", "Add “0104”", focused=True)
        app.key("ctrl+z")
        app.wait_people("Bob Williams")
        app.key("Escape")
        app.find("status bar", "10 people")

    def test_copy(self):
        app = self.select_three()
        app.key("ctrl+c")
        app.find("label", "3 people copied")
        app.key("ctrl+f")
        app.find("entry", "Search", focused=True)
        app.key("ctrl+v")
        # An entry shows line breaks as one line.
        first = "Bob Williams\tbob.williams@example.com\t+1 (555) 0104"
        harness.wait_for(lambda: app.find("entry", "Search").text.startswith(first), first)

    def export(self, path):
        app = self.select_three(**harness.file_dialog_environment())
        app.find("push button", "Export…").activate()
        dialog = app.find(name="Export People")
        name = harness.wait_for(
            lambda: next((node for node in app.all("text") if node.text == "People.csv"), None),
            "the name of the file",
        )
        name.text = str(path)
        dialog.find("push button", "Export", sensitive=True).activate()
        return app

    def test_export(self):
        path = self.home / "some people.csv"
        app = self.export(path)
        app.find("label", "3 people exported")
        with path.open(newline="", encoding="utf-8") as file:
            self.assertEqual(
                list(csv.reader(file)),
                [
                    ["Name", "E-mail", "Phone"],
                    ["Bob Williams", "bob.williams@example.com", "+1 (555) 0104"],
                    ["Charlie Brown", "charlie.brown@example.com", "+1 (555) 0105"],
                    ["Emily Davis", "emily.davis@example.com", "+1 (555) 0106"],
                ],
            )
        self.wait_selected(app, "Bob Williams", "Charlie Brown", "Emily Davis")

    def test_export_that_fails(self):
        app = self.export("/proc/people.csv")
        app.find("label", "The file could not be written. Choose another folder.")


if __name__ == "__main__":
    tap.main()
