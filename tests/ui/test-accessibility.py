#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that one can do something with has a name, on every page."""

import os
import re

import harness
import tap

ACTIONABLE_ROLES = {
    "check box", "check menu item", "combo box", "entry", "link", "list item", "menu item",
    "page tab", "password text", "push button", "radio button", "radio menu item", "slider",
    "spin button", "switch", "text", "toggle button",
}  # fmt: skip
# What has no name gets that of its class from GTK.
CLASS_NAME = re.compile("(Gtk|Adw|Roster)[A-Z][A-Za-z]*")


# What libadwaita 1.2 leaves nameless, and a program cannot name: the closing of a toast, the version
# in the About window, and the rows that show the choice of a combo row.
OTHERS = {("AdwToastWidget", "GtkImage"), ("About", "GtkButton"), ("combo box", "")}


def nameless(top):
    """What in here has no name and should."""
    others = {
        (node.accessible, name)
        for place, name in OTHERS
        for holder in top.walk()
        if place in (holder.role, holder.name)
        for node in holder.walk()
    }
    # Rows that only hold other things are neither reached nor activated.
    return [
        node
        for node in top.walk()
        if node.role in ACTIONABLE_ROLES
        and (node.role != "list item" or node.has("focusable"))
        and (not node.name.strip() or CLASS_NAME.fullmatch(node.name))
        and (node.accessible, node.name) not in others
    ]


class Names(harness.TestCase):
    def assert_named(self, top):
        self.assertEqual(nameless(top), [])

    def test_the_test_finds_what_has_none(self):
        app = self.start(program=os.environ["ROSTER_NAMELESS_BUTTON"])
        app.find("push button", "Named")
        self.assertEqual(len(nameless(app)), 3)

    def test_welcome(self):
        app = self.start()
        app.find("label", "Welcome to Roster")
        self.assert_named(app)

    def test_empty_directory(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        self.assert_named(app)

    def test_failure(self):
        self.file.parent.mkdir(parents=True)
        self.file.write_text("These are no people.\n" * 100)
        app = self.start_local()
        app.find("label", "The Directory Is Damaged")
        self.assert_named(app)

    def test_people(self):
        app = self.start_with_sample_people()
        self.assert_named(app)
        app.click(app.row("Grace Lee"))
        app.find("push button", "Copy E-mail")
        self.assert_named(app)
        app.key("Delete")
        app.find("push button", "Undo")
        self.assert_named(app)

    def test_history(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.key("ctrl+h")
        app.find("list", "History").find("list item")
        self.assert_named(app)

    def test_recently_deleted(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.key("Delete")
        app.find("label", "Grace Lee deleted")
        app.key("F10")
        app.find("menu item", "Recently Deleted").activate()
        row = app.find("list", "Deleted people").find("list item")
        self.assert_named(app)
        row.find("push button", "Remove for Good…").activate()
        app.find("label", "Remove Grace Lee for Good?")
        self.assert_named(app)
        app.windows[-1].find("push button", "Cancel").activate()
        row.find("push button", "Restore").activate()
        app.find("push button", "Show")
        self.assert_named(app)
        app.find("label", "Nobody Was Deleted Recently")

    def test_search(self):
        app = self.start_with_sample_people()
        app.type("gra")
        app.wait_people("Grace Lee")
        self.assert_named(app)
        app.type("xyz")
        app.find("label", "Nobody Found")
        self.assert_named(app)

    def test_dialog(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        dialog = app.find("frame", "Add Person")
        self.assert_named(app)
        app.fill(email="alice.johnson@example.com")
        dialog.find("push button", "Open Alice Johnson")
        self.assert_named(app)
        app.key("Escape")
        app.find("label", "Leave Without Saving?")
        self.assert_named(app)

    def test_menus(self):
        app = self.start_with_sample_people()
        app.key("F10")
        app.find("menu item", "Preferences")
        self.assert_named(app)
        app.key("Escape")
        app.click(app.row("Grace Lee"), button=3)
        app.find("menu item", "Delete")
        self.assert_named(app)

    def test_selection(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.key("ctrl+a")
        app.find("status bar", "10 Selected")
        self.assert_named(app)

    def test_preferences(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        app.key("ctrl+comma")
        self.assert_named(app.find("frame", "Preferences"))

    def test_about(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        app.key("F10")
        app.find("menu item", "About Roster").activate()
        app.find("label", "The Roster contributors")
        self.assert_named(app)

    def test_narrow(self):
        app = self.start_with_sample_people()
        app.resize(360, 640)
        app.wait_gone(name="RosterPersonPane")
        self.assert_named(app)
        app.click(app.row("Grace Lee"))
        app.find("push button", "Back")
        self.assert_named(app)


if __name__ == "__main__":
    tap.main()
