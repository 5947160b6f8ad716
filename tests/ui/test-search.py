#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding people while typing."""

import re

import harness
import tap


class Search(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.app = self.start_with_sample_people()
        self.everybody = self.app.people

    def search(self, text):
        self.app.find("entry", "Search").text = text

    def test_typing_anywhere_starts_it(self):
        self.app.type("gra")
        entry = self.app.find("entry", "Search", focused=True)
        self.app.wait_people("Grace Lee")
        self.assertEqual(entry.text, "gra")

    def test_every_key_counts_and_the_count_is_announced(self):
        self.app.key("ctrl+f")
        self.app.find("entry", "Search", focused=True)
        self.app.type("j")
        self.app.find("status bar", "3 of 10")
        self.app.type("o")
        self.app.find("status bar", "2 of 10")
        self.app.wait_people("Alice Johnson", "John Doe")
        self.app.key("BackSpace")
        self.app.find("status bar", "3 of 10")

    def test_words_in_any_order_across_the_fields(self):
        self.app.key("ctrl+f")
        self.search("0104 willi b")
        self.app.wait_people("Bob Williams")

    def test_phone_digits(self):
        self.app.key("ctrl+f")
        self.search("5550107")
        self.app.wait_people("Frank Miller")

    def test_what_matched_is_bold(self):
        def ink_of_first_name():
            x, y, width, height = self.app.row("Alice Johnson").box
            return 1 - harness.brightness(x + 50, y, width - 50, height // 2)

        self.app.key("ctrl+f")
        self.search("01")
        self.app.find("status bar", "10 of 10")
        plain = ink_of_first_name()
        self.search("a")
        self.app.find("status bar", "10 of 10")
        harness.wait_for(lambda: ink_of_first_name() > plain * 1.01, "bold letters")

    def test_escape_clears_it(self):
        self.app.type("gra")
        self.app.wait_people("Grace Lee")
        self.app.key("Escape")
        self.app.wait_people(*self.everybody)
        self.app.wait_gone("entry", "Search")
        self.app.wait_gone("status bar", "1 of 10")

    def test_nobody_found_offers_to_add_them(self):
        self.app.type("Nils")
        self.app.find("label", "Nobody Found")
        self.app.find("status bar", "0 of 10")
        self.app.find("push button", re.compile("Add “Nils”")).activate()
        dialog = self.app.find("frame", "Add Person")
        self.assertEqual(dialog.find("text", "Name").text, "Nils")
        self.app.type("nils@example.org")
        self.assertEqual(dialog.find("text", "E-mail").text, "nils@example.org")

    def test_enter_opens_the_first(self):
        self.app.type("isab")
        self.app.wait_people("Isabella Young")
        self.app.key("Return")
        self.app.find(name="RosterPersonPane").find("label", "Isabella Young")

    def test_other_scripts_and_letters(self):
        self.app.key("ctrl+n")
        self.app.find("frame", "Add Person")
        self.app.fill(name="Łukasz Øre Straße", email="lukasz@example.org", phone="+48 22 100 0000")
        self.app.key("ctrl+s")
        self.app.row("Łukasz Øre Straße")
        self.app.key("ctrl+f")
        for text in ("lukasz ore strasse", "LUKASZ", "øre str", "0221000000"):
            self.search(text)
            self.app.wait_people("Łukasz Øre Straße")


class LongList(harness.TestCase):
    def test_first_letter_of_many(self):
        app = self.start("--sample", "20000")
        app.find("status bar", "20000 people")
        app.type("a")
        app.find("status bar", re.compile(r"^[0-9]+ of 20000$"))
        app.type("zzzzqqq")
        app.find("status bar", "0 of 20000")
        app.key("Escape")
        app.find("status bar", "20000 people")


if __name__ == "__main__":
    tap.main()
