#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was typed and not saved: kept while it is typed, offered again, dropped only when told to."""

import re
import resource
import signal
import sqlite3

import harness
import tap

UNFINISHED = re.compile("^You did not finish this today at ")


class Drafts(harness.TestCase):
    def kept(self):
        """The values as they are on the disk, by whoever reads the file beside Roster."""
        database = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        try:
            return database.execute("SELECT name, email, phone FROM draft ORDER BY name").fetchall()
        finally:
            database.close()

    def wait_kept(self, *drafts):
        harness.wait_for(lambda: self.kept() == list(drafts), f"{drafts} on the disk")

    def kill(self, app):
        app.process.kill()
        self.assertEqual(app.wait_end(), -signal.SIGKILL)
        app.process.returncode = 0

    def edit_grace(self, **options):
        app = self.start_with_sample_people(**options)
        app.click(app.row("Grace Lee"))
        app.key("F2")
        app.find("frame", "Edit Person").find("text", "Name")
        return app

    def leave_one_behind(self):
        """Types over the phone of Grace Lee, is killed, and starts again."""
        app = self.edit_grace()
        app.fill(phone="+1 (555) 9999")
        self.wait_kept(("Grace Lee", "grace.lee@example.com", "+1 (555) 9999"))
        self.kill(app)
        return self.start()

    def answer(self, app, button):
        app.find("label", "Leave Without Saving?")
        app.windows[-1].find("push button", button).activate()
        app.wait_gone("label", "Leave Without Saving?")


class Killed(Drafts):
    def test_while_editing(self):
        app = self.leave_one_behind()
        app.find("status bar", "Unfinished: Grace Lee")
        app.find("list item", focused=True)
        app.click(app.row("Grace Lee"))
        app.find(name="RosterPersonPane").find("label", "You did not finish changing this person.")
        app.key("F2")
        dialog = app.find("frame", "Edit Person")
        dialog.find("status bar", UNFINISHED)
        self.assertEqual(dialog.find("text", "Name").text, "Grace Lee")
        self.assertEqual(dialog.find("text", "Phone").text, "+1 (555) 9999")
        app.key("ctrl+s")
        app.wait_gone("frame", "Edit Person")
        app.find(name="RosterPersonPane").find("label", re.compile("9999"))
        app.wait_gone("status bar", "Unfinished: Grace Lee")
        app.find(name="RosterPersonPane").wait_gone(
            "label", "You did not finish changing this person."
        )
        self.wait_kept()

    def test_while_typing_what_is_not_valid(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        app.find("frame", "Add Person").find("text", "Name")
        app.type("Zoe Mueller\tzoe@exam")
        self.wait_kept(("Zoe Mueller", "zoe@exam", ""))
        self.kill(app)
        app = self.start()
        app.find("push button", "Finish").activate()
        dialog = app.find("frame", "Add Person")
        dialog.find("status bar", UNFINISHED)
        self.assertEqual(dialog.find("text", "Name").text, "Zoe Mueller")
        self.assertEqual(dialog.find("text", "E-mail").text, "zoe@exam")
        self.assertEqual(dialog.find("text", "Phone").text, "")

    def test_with_as_much_as_an_entry_holds(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        dialog = app.find("frame", "Add Person")
        app.fill(name="é" * 100_000)
        text = dialog.find("text", "Name").text
        self.assertGreater(len(text), 30_000)
        harness.wait_for(lambda: self.kept() == [(text, "", "")], "a long name on the disk")
        self.kill(app)
        app = self.start()
        app.find("push button", "Finish")
        app.key("ctrl+n")
        self.assertEqual(app.find("frame", "Add Person").find("text", "Name").text, text)

    def test_after_saving_leaves_nothing(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        app.key("ctrl+s")
        app.wait_gone("frame", "Edit Person")
        self.wait_kept()

    def test_before_the_draft_of_what_was_saved_was_dropped(self):
        app = self.leave_one_behind()
        app.row("Grace Lee")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        with sqlite3.connect(self.file) as database:
            database.execute("UPDATE people SET phone = '+1 (555) 9999' WHERE name = 'Grace Lee'")
        database.close()
        app = self.start()
        app.row("Grace Lee")
        self.wait_kept()
        app.wait_gone("status bar", re.compile("Unfinished"))


class Discarding(Drafts):
    def test_in_the_line(self):
        app = self.leave_one_behind()
        app.find("push button", "Finish").activate()
        dialog = app.find("frame", "Edit Person")
        dialog.find("push button", "Discard").activate()
        dialog.find("status bar", "What you had not finished is discarded.")
        self.assertEqual(dialog.find("text", "Phone").text, "+1 (555) 0108")
        self.wait_kept()
        dialog.find("push button", "Undo").activate()
        dialog.find("status bar", UNFINISHED)
        self.assertEqual(dialog.find("text", "Phone").text, "+1 (555) 9999")
        self.wait_kept(("Grace Lee", "grace.lee@example.com", "+1 (555) 9999"))
        dialog.find("push button", "Discard").activate()
        dialog.find("status bar", "What you had not finished is discarded.")
        app.fill(name="Grace L.")
        dialog.wait_gone("push button", "Undo")
        self.wait_kept(("Grace L.", "grace.lee@example.com", "+1 (555) 0108"))

    def test_when_leaving(self):
        app = self.leave_one_behind()
        app.find("push button", "Finish").activate()
        app.find("frame", "Edit Person").find("text", "Name")
        app.key("Escape")
        self.answer(app, "Discard")
        app.wait_gone("frame", "Edit Person")
        app.wait_gone("status bar", "Unfinished: Grace Lee")
        self.wait_kept()

    def test_starts_somebody_new_blank(self):
        app = self.start_with_sample_people()
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Zoe")
        app.key("Escape")
        self.answer(app, "Finish Later")
        app.find("status bar", "Unfinished: Zoe")
        app.key("ctrl+n")
        dialog = app.find("frame", "Add Person")
        self.assertEqual(dialog.find("text", "Name").text, "Zoe")
        dialog.find("push button", "Discard").activate()
        harness.wait_for(lambda: dialog.find("text", "Name").text == "", "a blank name")
        app.key("Escape")
        app.wait_gone("frame", "Add Person")
        app.wait_gone("status bar", "Unfinished: Zoe")


class FinishingLater(Drafts):
    def test_several(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        app.key("Escape")
        self.answer(app, "Finish Later")
        app.wait_gone("frame", "Edit Person")
        app.row("Grace Lee")
        app.click(app.row("Bob Williams"))
        app.key("F2")
        app.find("frame", "Edit Person")
        app.fill(name="Bob_W")
        app.key("Escape")
        self.answer(app, "Finish Later")
        app.find("status bar", "2 unfinished changes")
        app.click([*app.all("push button", "Finish")][-1])
        app.find("menu item", "Bob Williams")
        app.find("menu item", "Grace Lee").activate()
        dialog = app.find("frame", "Edit Person")
        self.assertEqual(dialog.find("text", "Name").text, "Grace L.")
        app.key("ctrl+s")
        app.find("status bar", "Unfinished: Bob Williams")

    def test_what_was_typed_and_undone_is_no_draft(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        self.wait_kept(("Grace L.", "grace.lee@example.com", "+1 (555) 0108"))
        app.fill(name="Grace Lee")
        self.wait_kept()
        app.key("Escape")
        app.wait_gone("frame", "Edit Person")


class Meanwhile(Drafts):
    def while_away(self, sql):
        """Leaves a draft behind while somebody else does this to the directory."""
        app = self.edit_grace()
        app.fill(phone="+1 (555) 9999")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        with sqlite3.connect(self.file) as database:
            database.execute(sql)
        database.close()
        app = self.start()
        app.find("push button", "Finish").activate()
        return app

    def test_deleted(self):
        app = self.while_away("DELETE FROM people WHERE name = 'Grace Lee'")
        dialog = app.find("frame", "Add Person")
        dialog.find("status bar", re.compile("^This person was deleted before you finished"))
        app.key("ctrl+s")
        app.wait_gone("frame", "Add Person")
        app.row("Grace Lee")
        app.find(name="RosterPersonPane").find("label", re.compile("9999"))

    def test_changed_elsewhere(self):
        app = self.while_away("UPDATE people SET name = 'Grace Young' WHERE name = 'Grace Lee'")
        dialog = app.find("frame", "Edit Person")
        self.assertEqual(dialog.find("text", "Name").text, "Grace Young")
        self.assertEqual(dialog.find("text", "Phone").text, "+1 (555) 9999")
        app.key("ctrl+s")
        app.wait_gone("frame", "Edit Person")
        app.row("Grace Young")
        app.find(name="RosterPersonPane").find("label", re.compile("9999"))

    def test_changed_in_the_same_place(self):
        app = self.while_away("UPDATE people SET phone = '030 1' WHERE name = 'Grace Lee'")
        self.assertEqual(
            app.find("frame", "Edit Person").find("text", "Phone").text, "+1 (555) 9999"
        )
        app.key("ctrl+s")
        app.find("label", "Changed Meanwhile")
        app.find("label", re.compile("030 1"))
        app.find("push button", "Keep Mine").activate()
        app.wait_gone("frame", "Edit Person")
        app.find(name="RosterPersonPane").find("label", re.compile("9999"))


class Quitting(Drafts):
    GRACE = ("Grace L.", "grace.lee@example.com", "+1 (555) 0108")

    def assert_kept(self, app):
        self.assertEqual(app.wait_end(), 0)
        self.assertEqual(self.kept(), [self.GRACE])
        self.start().find("status bar", "Unfinished: Grace Lee")

    def test_with_the_keyboard(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        app.key("ctrl+q")
        self.assert_kept(app)

    def test_with_a_question_open(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        app.key("Escape")
        app.find("label", "Leave Without Saving?")
        app.key("ctrl+q")
        self.assert_kept(app)

    def test_with_nothing_typed(self):
        app = self.edit_grace()
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        self.assertEqual(self.kept(), [])

    def test_by_closing_the_window_under_it(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        app.windows[0].find("push button", "Close").activate()
        self.assert_kept(app)

    def test_by_a_signal(self):
        app = self.edit_grace()
        app.fill(name="Grace L.")
        app.process.terminate()
        self.assert_kept(app)

    def test_with_another_window_open(self):
        app = self.start_with_sample_people()
        app.key("ctrl+comma")
        app.find("combo box", "Order of the List", focused=True)
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)


class FullDisk(Drafts):
    def limit(self, app, n_bytes):
        resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (n_bytes, resource.RLIM_INFINITY))

    def test_is_said_and_asked_about(self):
        app = self.edit_grace()
        dialog = app.windows[-1]
        self.limit(app, 1)
        app.fill(name="Grace L.")
        dialog.find("status bar", re.compile("would be lost if Roster ended now.*no space left"))
        app.key("ctrl+q")
        self.answer(app, "Keep Editing")
        self.assertEqual(dialog.find("text", "Name").text, "Grace L.")
        app.key("Escape")
        self.answer(app, "Finish Later")
        dialog.find("status bar", re.compile("would be lost"))
        self.limit(app, resource.RLIM_INFINITY)
        app.fill(phone="+1 (555) 9999")
        dialog.wait_gone("status bar", re.compile("would be lost"))
        self.wait_kept(("Grace L.", "grace.lee@example.com", "+1 (555) 9999"))


if __name__ == "__main__":
    tap.main()
