#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recently Deleted, and for how long the deleted are kept."""

import re

import harness
import tap


class Deleted(harness.TestCase):
    def delete(self, app, *names):
        for name in names:
            app.click(app.row(name))
            app.key("Delete")
            app.wait_gone("list item", re.compile("^" + name))

    def open_page(self, app):
        app.key("F10")
        app.find("menu item", "Recently Deleted").activate()
        app.find("label", "Recently Deleted")

    def start_with_deleted(self, *names):
        app = self.start_with_sample_people()
        self.delete(app, *names)
        self.open_page(app)
        return app

    def wait_deleted(self, app, *names):
        def get():
            items = app.find("list", "Deleted people").all("list item")
            return [item.name.split(", ")[0] for item in items]

        harness.wait_for(lambda: get() == list(names), f"{names}")

    def deleted_row(self, app, name):
        return app.find("list", "Deleted people").find("list item", re.compile("^" + name))


class Restoring(Deleted):
    def test_one(self):
        app = self.start_with_deleted("Bob Williams", "Grace Lee")
        self.wait_deleted(app, "Grace Lee", "Bob Williams")
        self.assertEqual(
            self.deleted_row(app, "Bob Williams").name,
            "Bob Williams, bob.williams@example.com, Deleted today, kept for 30 more days",
        )
        self.deleted_row(app, "Bob Williams").find("push button", "Restore").activate()
        self.wait_deleted(app, "Grace Lee")
        app.find("label", "Bob Williams restored")
        app.find("push button", "Undo").activate()
        self.wait_deleted(app, "Bob Williams", "Grace Lee")
        app.key("ctrl+shift+z")
        self.wait_deleted(app, "Grace Lee")
        app.find("push button", "Show").activate()
        app.find(name="RosterPersonPane").find("label", "Bob Williams")
        app.wait_gone("list", "Deleted people")
        app.find("status bar", "9 people")

    def test_several_after_a_restart(self):
        app = self.start_with_sample_people()
        self.delete(app, "Bob Williams", "Grace Lee", "Henry Moore")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        app = self.start()
        app.row("Alice Johnson")
        self.open_page(app)
        self.wait_deleted(app, "Henry Moore", "Grace Lee", "Bob Williams")
        for name in ("Henry Moore", "Bob Williams"):
            app.click(self.deleted_row(app, name).find("check box", "Select"))
        app.find("label", "2 Selected")
        list(app.all("push button", "Restore"))[-1].activate()
        app.find("label", "2 people restored")
        self.wait_deleted(app, "Grace Lee")
        app.key("ctrl+z")
        self.wait_deleted(app, "Henry Moore", "Bob Williams", "Grace Lee")

    def test_by_the_keyboard(self):
        app = self.start_with_deleted("Bob Williams", "Grace Lee")
        self.wait_deleted(app, "Grace Lee", "Bob Williams")
        app.find("list item", re.compile("^Grace"), focused=True)
        app.key("Tab", "Tab")
        app.find("push button", "Restore", focused=True)
        app.key("Return")
        self.wait_deleted(app, "Bob Williams")
        app.key("Escape")
        app.row("Grace Lee")
        app.wait_gone("list", "Deleted people")

    def test_an_email_that_somebody_has(self):
        app = self.start_with_sample_people()
        self.delete(app, "Bob Williams")
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Adam Ng", email="bob.williams@example.com", phone="030 1234567")
        app.key("ctrl+s")
        app.row("Adam Ng")
        self.open_page(app)
        self.deleted_row(app, "Bob Williams").find("push button", "Restore").activate()
        app.find("label", re.compile("^Adam Ng now has the e-mail of Bob Williams. Change it"))
        self.wait_deleted(app, "Bob Williams")


class RemovingForGood(Deleted):
    def answer(self, app, heading, answer):
        app.find("label", heading)
        app.windows[-1].find("push button", answer).activate()
        app.wait_gone("label", heading)

    def test_one(self):
        app = self.start_with_deleted("Bob Williams", "Grace Lee")
        self.deleted_row(app, "Bob Williams").find("push button", "Remove for Good…").activate()
        app.find("label", re.compile("history goes with them. This cannot be undone"))
        self.answer(app, "Remove Bob Williams for Good?", "Cancel")
        self.wait_deleted(app, "Grace Lee", "Bob Williams")
        self.deleted_row(app, "Bob Williams").find("push button", "Remove for Good…").activate()
        self.answer(app, "Remove Bob Williams for Good?", "Remove for Good")
        self.wait_deleted(app, "Grace Lee")
        app.find("label", "Bob Williams removed for good")

        # What undid deleting both cannot bring back both.
        app.key("ctrl+z")
        app.find("label", "Undone: Grace Lee deleted")
        app.key("ctrl+z")
        app.find("label", re.compile("^Somebody was removed for good meanwhile"))

    def test_several_and_everybody(self):
        app = self.start_with_deleted("Bob Williams", "Grace Lee", "Henry Moore", "John Doe")
        self.wait_deleted(app, "John Doe", "Henry Moore", "Grace Lee", "Bob Williams")
        for name in ("John Doe", "Grace Lee"):
            app.click(self.deleted_row(app, name).find("check box", "Select"))
        app.key("Delete")
        self.answer(app, "Remove 2 People for Good?", "Remove for Good")
        self.wait_deleted(app, "Henry Moore", "Bob Williams")
        app.find("push button", "Empty…").activate()
        self.answer(app, "Remove 2 People for Good?", "Remove for Good")
        app.find("label", "Nobody Was Deleted Recently")
        app.find("label", "Who is deleted can be restored here for 30 days.")
        app.find("push button", "Empty…", sensitive=False)

        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        app = self.start()
        app.find("status bar", "6 people")
        self.open_page(app)
        app.find("label", "Nobody Was Deleted Recently")


class Page(Deleted):
    def test_the_chosen_person_is_out_of_reach(self):
        app = self.start_with_deleted("Bob Williams")
        self.wait_deleted(app, "Bob Williams")
        app.key("F2", "ctrl+h")
        self.assertEqual(len(app.windows), 1)
        app.key("ctrl+f")
        app.find("entry", "Search", focused=True)
        app.wait_gone("list", "Deleted people")

    def test_narrow(self):
        app = self.start_with_deleted("Bob Williams")
        app.resize(360, 640)
        app.click(self.deleted_row(app, "Bob Williams").find("check box", "Select"))
        app.find("label", "1 Selected")
        for node in app.windows[0].walk():
            if "Component" in node.accessible.get_interfaces():
                x, _, width, _ = node.box
                self.assertLessEqual(x + width, 361, node)
        app.key("alt+Left")
        app.wait_gone("list", "Deleted people")

    def test_how_long_they_are_kept(self):
        app = self.start_with_deleted("Bob Williams")
        self.wait_deleted(app, "Bob Williams")
        app.key("ctrl+comma")
        app.find("combo box", "Keep Deleted People For").find("label", "30 days")
        app.find("label", re.compile("removed for good"))
        app.find("combo box", "Order of the List", focused=True)
        app.key("Tab", "Tab")
        row = app.find("combo box", "Keep Deleted People For", focused=True)
        self.assertRegex(row.description, "removed for good")
        app.key("space")
        app.find("label", "90 days")
        app.key("Up", "Return")
        app.wait_gone("label", "90 days")
        app.key("Escape")
        app.find("list item", re.compile("kept for 7 more days"))


if __name__ == "__main__":
    tap.main()
