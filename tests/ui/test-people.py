#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding, editing, deleting and copying."""

import re

import harness
import tap


class Adding(harness.TestCase):
    def open_dialog(self):
        app = self.start_with_sample_people()
        app.find("push button", "Add Person").activate()
        app.find("frame", "Add Person").find("text", "Name")
        return app

    def test_typed_and_saved_with_enter(self):
        app = self.open_dialog()
        app.type("Zoe Mueller\tzoe@example.org\t+49 30 1234567")
        app.key("Return")
        app.wait_gone("frame", "Add Person")
        app.find("label", "zoe@example.org")
        self.assertEqual(app.people[-1], "Zoe Mueller")
        app.find("status bar", "11 people")
        app.find("label", "Added today")

    def test_saved_with_the_keyboard_shortcut(self):
        app = self.open_dialog()
        app.fill(name="Adam Ng", email="adam@example.org", phone="030 1234567")
        app.key("ctrl+s")
        app.row("Adam Ng")

    def test_what_is_missing_is_said(self):
        app = self.open_dialog()
        dialog = app.windows[-1]
        app.key("ctrl+s")
        for problem in (
            "A name is required.",
            "An e-mail address is required.",
            "A phone number is required.",
        ):
            dialog.find("status bar", problem)
        save = dialog.find("push button", "Save")
        self.assertFalse(save.has("sensitive"))
        self.assertEqual(save.description, "A name is required.")
        app.type("Somebody")
        self.assertEqual(dialog.find("text", "Name").text, "Somebody")

    def test_what_is_wrong_is_said_once_typing_pauses(self):
        app = self.open_dialog()
        dialog = app.windows[-1]
        app.fill(email="nobody")
        dialog.find("status bar", "An e-mail address needs an @, as in name@example.com.")
        app.fill(email="nobody@example.org")
        dialog.wait_gone("status bar", re.compile("@"))
        app.fill(phone="no number")
        dialog.find("status bar", re.compile("phone number"))

    def test_what_no_name_can_be(self):
        app = self.open_dialog()
        dialog = app.windows[-1]
        for name, problem in (
            ("  ", "A name is required."),
            ("Grace\u202eLee", "direction"),
            ("Grace\x07Lee", "control character"),
            ("a" * 100_000, "characters"),
        ):
            app.fill(name=name)
            dialog.find("status bar", re.compile(problem))
        app.fill(name="Grace Lee")
        dialog.wait_gone("status bar", re.compile("."))

    def test_long_values_do_not_widen_the_window(self):
        app = self.open_dialog()
        width = app.windows[0].box[2]
        app.fill(name="W" * 200, email="w" * 60 + "@example.org", phone="+1 (555) 0123")
        app.key("ctrl+s")
        app.find(name="RosterPersonPane").find("label", "W" * 200)
        self.assertEqual(app.windows[0].box[2], width)

    def test_whose_email_it_is_and_open_them(self):
        app = self.open_dialog()
        app.fill(name="Somebody", email="Alice.Johnson@example.com", phone="030 1234567")
        app.windows[-1].find("status bar", "Alice Johnson already has this e-mail.")
        app.key("ctrl+s")
        app.find("push button", "Open Alice Johnson").activate()
        app.find("push button", "Discard").activate()
        app.wait_gone("frame", "Add Person")
        app.row("Alice Johnson")
        wait = app.find(name="RosterPersonPane")
        wait.find("label", "Alice Johnson")
        app.find("status bar", "10 people")

    def test_whose_email_it_is_as_it_is_kept(self):
        app = self.open_dialog()
        for email in ("\u2066alice.johnson@example.com\u2069", "ａｌｉｃｅ．ｊｏｈｎｓｏｎ＠ｅｘａｍｐｌｅ。ｃｏｍ"):
            app.fill(email=email)
            app.windows[-1].find("status bar", "Alice Johnson already has this e-mail.")
            app.fill(email="nobody@example.com")
            app.windows[-1].wait_gone("status bar", "Alice Johnson already has this e-mail.")


class Leaving(harness.TestCase):
    def test_with_changes_asks(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Somebody")
        app.key("Escape")
        app.find("label", "Leave Without Saving?")
        app.find("push button", "Keep Editing").activate()
        app.wait_gone("label", "Leave Without Saving?")
        self.assertEqual(app.find("text", "Name").text, "Somebody")
        app.find("push button", "Cancel").activate()
        app.find("push button", "Discard").activate()
        app.wait_gone("frame", "Add Person")
        app.find("status bar", "10 people")

    def test_without_changes_does_not(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.key("Escape")
        app.wait_gone("frame", "Add Person")
        self.assertEqual(len(app.windows), 1)


class Editing(harness.TestCase):
    def test_changes_what_is_shown(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.key("F2")
        dialog = app.find("frame", "Edit Person")
        self.assertEqual(dialog.find("text", "Name").text, "Grace Lee")
        self.assertEqual(dialog.find("text", "E-mail").text, "grace.lee@example.com")
        app.fill(name="Aaliyah Lee", phone="+44 20 7946 0000")
        app.key("Return")
        app.wait_gone("frame", "Edit Person")
        pane = app.find(name="RosterPersonPane")
        pane.find("label", "Aaliyah Lee")
        pane.find("label", re.compile("7946"))
        app.row("Aaliyah Lee")
        self.assertEqual(app.people[0], "Aaliyah Lee")

    def test_by_the_button(self):
        app = self.start_with_sample_people()
        edit = app.find("push button", "Edit")
        self.assertFalse(edit.has("sensitive"))
        self.assertEqual(edit.description, "Choose a person first.")
        app.click(app.row("Bob Williams"))
        app.find("push button", "Edit", sensitive=True).activate()
        app.find("frame", "Edit Person").find("text", "Name")


class Deleting(harness.TestCase):
    def delete(self):
        app = self.start_with_sample_people()
        app.click(app.row("Frank Miller"))
        app.key("Delete")
        app.find("label", "Frank Miller deleted")
        app.find("status bar", "9 people")
        self.assertNotIn("Frank Miller", app.people)
        return app

    def test_undone_by_the_toast(self):
        app = self.delete()
        app.find("push button", "Undo").activate()
        app.row("Frank Miller")
        app.find("status bar", "10 people")

    def test_undone_by_the_keyboard(self):
        app = self.delete()
        app.key("ctrl+z")
        app.row("Frank Miller")
        app.find("status bar", "10 people")

    def test_from_the_menu_of_a_row(self):
        app = self.start_with_sample_people()
        app.click(app.row("Henry Moore"), button=3)
        app.find("menu item", "Delete").activate()
        app.find("label", "Henry Moore deleted")
        app.find("status bar", "9 people")


    def test_from_the_menu_that_the_keyboard_opens(self):
        app = self.start_with_sample_people()
        app.click(app.row("Henry Moore"))
        app.key("shift+F10")
        app.find("menu item", "Delete").activate()
        app.find("label", "Henry Moore deleted")


class Copying(harness.TestCase):
    def test_each_value(self):
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        for button, toast, value in (
            ("Copy E-mail", "E-mail copied", "grace.lee@example.com"),
            ("Copy Phone", "Phone copied", "+1 (555) 0108"),
        ):
            app.find("push button", button).activate()
            app.find("label", toast)
            app.key("ctrl+f")
            app.find("entry", "Search", focused=True)
            app.key("ctrl+a", "ctrl+v")
            harness.wait_for(lambda: app.find("entry", "Search").text == value, value)
            app.key("Escape")


if __name__ == "__main__":
    tap.main()
