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
        # A toast may go away while it is looked at.
        self.assertEqual(harness.wait_for(lambda: (nameless(top),), "names")[0], [])

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


class Focus(harness.TestCase):
    """Everything is reached by Tab and Shift+Tab, and screen readers hear of it."""

    def focused(self, app):
        focused = (node for window in app.windows for node in window.walk() if node.has("focused"))
        return next(focused, None)

    def press(self, app, key):
        """Presses a key that moves the focus; returns where it went."""
        before = self.focused(app)

        def moved():
            after = self.focused(app)
            return after if after and after.accessible != before.accessible else None

        app.key(key)
        return harness.wait_for(moved, f"the focus elsewhere than on {before}")

    def tour(self, app, key):
        """The names of all that a key leads to, until it comes round."""
        places = [self.press(app, key)]
        while (place := self.press(app, key)).accessible != places[0].accessible:
            self.assertLess(len(places), 50)
            places.append(place)
        return [place.name for place in places]

    def assert_tours(self, app, *names):
        """Tab leads from one to the next of these, Shift+Tab back."""
        forward = self.tour(app, "Tab")
        back = self.tour(app, "shift+Tab")
        start = forward.index(names[0])
        self.assertEqual(forward[start:] + forward[:start], list(names))
        start = back.index(names[-1])
        self.assertEqual(back[start:] + back[:start], list(reversed(names)))

    def test_welcome(self):
        app = self.start()
        app.find("push button", "Use on This Computer", focused=True)
        self.assert_tours(app, "Main Menu", "Use on This Computer",
                          "Connect to a Team Directory")

    def test_empty_directory(self):
        app = self.start_local()
        app.find("push button", "Add Person", focused=True)
        self.assert_tours(
            app, "Add Person", "Main Menu", "Add Person", "Start with Sample People"
        )

    def test_people(self):
        app = self.start_with_sample_people()
        app.key("Escape")
        app.wait_gone("label", "10 people added")
        app.click(app.row("Grace Lee"))
        app.find("list item", re.compile("^Grace Lee"), focused=True)
        self.assert_tours(
            app, "Add Person", "Search", "Main Menu", app.row("Grace Lee").name,
            "Edit", "Person Menu", "Grace Lee", "grace.lee@example.com E-mail", "Copy E-mail",
            "Write an E-mail", "+1 (555) 0108 Phone", "Copy Phone", "Call", "Added today",
            "Changed today", "History",
        )  # fmt: skip

    def test_dialog(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        app.find("frame", "Add Person").find("text", "Name", focused=True)
        app.fill(name="Zoe Young", email="zoe@example.org", phone="030 1234567")
        self.assert_tours(app, "Cancel", "Save", "Name", "E-mail", "Phone")

    def test_what_is_wrong_is_said_of_what_has_the_focus(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        dialog = app.find("frame", "Add Person")
        dialog.find("text", "Name", focused=True)
        app.type("\tb@")
        email = dialog.find("text", "E-mail", focused=True)
        said = "The part after the @ needs a dot, as in name@example.com."
        harness.wait_for(lambda: email.description == said, said)

    def test_search(self):
        app = self.start_with_sample_people()
        app.key("ctrl+f")
        app.find("text", "Search", focused=True)


if __name__ == "__main__":
    tap.main()
