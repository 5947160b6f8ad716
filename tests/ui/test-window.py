#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: narrow, by keyboard alone, what it remembers, and what its menu opens."""

import harness
import tap


class Narrow(harness.TestCase):
    def test_one_pane_at_a_time(self):
        app = self.start_with_sample_people()
        app.find(name="RosterPersonPane")
        app.resize(360, 640)
        app.wait_gone(name="RosterPersonPane")
        harness.wait_for(lambda: app.windows[0].box[2] <= 360, "a narrow window")

        app.click(app.row("Emily Davis"))
        pane = app.find(name="RosterPersonPane")
        pane.find("label", "Emily Davis")
        app.wait_gone("list", "People")
        for node in pane.walk():
            if "Component" in node.accessible.get_interfaces():
                x, _, width, _ = node.box
                self.assertLessEqual(x + width, 361, node)

        pane.find("push button", "Back").activate()
        app.wait_gone(name="RosterPersonPane")
        app.find("list", "People")
        app.key("Return")
        app.find(name="RosterPersonPane")
        app.key("Escape")
        app.wait_gone(name="RosterPersonPane")

    def test_dialog_fits(self):
        app = self.start_with_sample_people()
        app.resize(360, 640)
        app.wait_gone(name="RosterPersonPane")
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.resize(360, 400)
        harness.wait_for(lambda: app.windows[-1].box[2] <= 360, "a narrow dialog")


class KeyboardAlone(harness.TestCase):
    def test_every_flow(self):
        app = self.start()
        app.find("push button", "Use on This Computer", focused=True)
        app.key("Return")
        app.find("label", "Nobody Here Yet")
        app.key("ctrl+n")
        app.find("frame", "Add Person").find("text", "Name")
        app.type("Grace Lee\tgrace@example.org\t0301234567")
        app.key("Return")
        app.row("Grace Lee")
        app.key("ctrl+n")
        app.find("frame", "Add Person").find("text", "Name")
        app.type("Bob Williams\tbob@example.org\t0301234568")
        app.key("Return")
        app.wait_people("Bob Williams", "Grace Lee")

        app.type("gra")
        app.wait_people("Grace Lee")
        app.key("Down")
        app.find("list item", focused=True)
        app.key("F2")
        app.find("frame", "Edit Person").find("text", "Name")
        app.key("ctrl+s")
        app.wait_gone("frame", "Edit Person")
        app.key("Escape")
        app.wait_people("Bob Williams", "Grace Lee")
        app.find("list item", focused=True)
        app.key("Home")
        app.find("list item", harness.re.compile("^Bob"), focused=True)
        app.key("Delete")
        app.wait_people("Grace Lee")
        app.key("ctrl+z")
        app.wait_people("Bob Williams", "Grace Lee")

        app.key("F10")
        app.find("menu item", "About Roster")
        app.key("Escape")
        app.wait_gone("menu item", "About Roster")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)

    def tab(self, key, *names):
        """Presses the key until the focus has been on all of these; not on rows on the way."""
        app = self.start_with_sample_people()
        app.click(app.row("Alice Johnson"))
        left = set(names)
        for _ in range(15):
            app.key(key)
            (focused,) = app.all(focused=True)
            self.assertNotEqual(focused.role, "list item")
            left.discard(focused.name)
            if not left:
                return
        self.fail(f"{key} did not reach {left}")

    def test_tab_leaves_the_list_for_the_person(self):
        self.tab("Tab", "Edit", "Person Menu", "Copy E-mail", "Write an E-mail", "Copy Phone", "Call")

    def test_tab_leaves_the_list_for_what_is_above(self):
        self.tab("shift+Tab", "Main Menu", "Search", "Add Person")


class Menu(harness.TestCase):
    def test_shortcuts(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        app.key("ctrl+question")
        app.find("label", "Shortcuts")
        app.find("label", "Add a person")
        app.key("Escape")
        app.wait_gone("label", "Shortcuts")

    def test_about(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        app.key("F10")
        app.find("menu item", "About Roster").activate()
        app.find("label", "The Roster contributors")
        app.key("Escape")
        harness.wait_for(lambda: len(app.windows) == 1, "one window")

    def test_order_of_the_list(self):
        app = self.start_with_sample_people()
        self.assertEqual(app.people[0], "Alice Johnson")
        app.key("ctrl+n")
        app.find("frame", "Add Person")
        app.fill(name="Zoe Young", email="zoe@example.org", phone="030 1234567")
        app.key("ctrl+s")
        app.row("Zoe Young")
        app.key("F10")
        app.find("radio menu item", "Recently Added").activate()
        harness.wait_for(lambda: app.people[0] == "Zoe Young", "the newest first")
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        self.assertEqual(self.start().people[0], "Zoe Young")

    def test_dark_style(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        self.assertGreater(self.brightness(), 0.8)
        app.key("ctrl+comma")
        app.find("combo box", "Order of the List", focused=True)
        app.key("Tab", "space")
        app.find("label", "Dark")
        app.key("Down", "Down", "Return")
        app.wait_gone("label", "Light")
        app.key("Escape")
        harness.wait_for(lambda: len(app.windows) == 1, "one window")
        harness.wait_for(lambda: self.brightness() < 0.3, "a dark window")

    def brightness(self):
        """How bright the window is where nothing is on it."""
        return harness.brightness(40, 500, 1, 1)


class Remembered(harness.TestCase):
    def test_size(self):
        app = self.start_local()
        app.find("label", "Nobody Here Yet")
        app.resize(800, 500)
        harness.wait_for(lambda: app.windows[0].box[2] < 900, "a smaller window")
        box = app.windows[0].box
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)
        again = self.start()
        harness.wait_for(lambda: again.windows[0].box == box, "the size it had")


if __name__ == "__main__":
    tap.main()
