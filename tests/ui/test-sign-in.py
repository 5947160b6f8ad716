#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the button to the rows in PostgreSQL and back, as somebody does it who signs in."""

import os
import re

import cluster
import harness
import keyring
import tap
from signing_in import EMAIL, NAME, TeamCase

import provider as openid

SIGN_IN = "Sign In with Google"


class SignIn(TeamCase):
    def wait_signed_in(self, app):
        app.find("status bar", "Live · 1 person")

    def sign_in(self, app):
        app.find("push button", SIGN_IN).activate()
        self.wait_signed_in(app)

    def open_account(self, app):
        app.key("F10")
        app.find("menu item", "Account").activate()
        return app.find("frame", "Account")

    def test_from_the_button_to_the_rows_and_back(self):
        app = self.start_team()
        app.find("push button", SIGN_IN, focused=True)
        app.key("Return")
        self.wait_signed_in(app)
        ((name, email, provider, subject),) = self.owner.rows(
            "SELECT u.name, u.email, a.provider, a.provider_account_id"
            " FROM public.users u JOIN public.accounts a ON a.user_id = u.id")  # fmt: skip
        self.assertEqual((name, email), (NAME, EMAIL))
        self.assertEqual((provider, subject), ("google", openid.GOOD["sub"]))
        (token,) = self.sessions()
        self.assertIn(token, self.keyring.items())
        app.wait_people("Grace Lee")
        self.assertIn(b"<html", (self.browser / "page").read_bytes())

        # Nothing secret went to the browser, into a file or into what others see of the process.
        (opened,) = self.opened
        seen = " ".join(opened["environment"].values()) + app.log()
        with open(f"/proc/{app.process.pid}/environ", encoding="utf-8") as environment:
            seen += environment.read()
        for path in self.home.glob("data/roster/**/*"):
            seen += path.read_text(errors="replace") if path.is_file() else ""
        for secret in (token, openid.CLIENT_SECRET, cluster.PASSWORD, self.role):
            self.assertNotIn(secret, seen)
        app.key("ctrl+q")
        self.assertEqual(app.wait_end(), 0)

        app = self.start_team()
        self.wait_signed_in(app)
        self.assertEqual(len(self.opened), 1)
        self.owner.rows(
            "INSERT INTO public.sessions (id, session_token, user_id, expires)"
            " SELECT 'other', 'other', id, now() + interval '1 day' FROM public.users")  # fmt: skip
        account = self.open_account(app)
        account.find("label", NAME)
        account.find("label", EMAIL)
        account.find("list item", "Another Device")
        account.find("push button", "Sign Out Other Devices").activate()
        account.find("label", "1 other device signed out")
        account.wait_gone("list item", "Another Device")
        self.assertEqual(self.sessions(), [token])
        account.find("push button", "Sign Out").activate()
        app.find("push button", SIGN_IN)
        app.wait_gone("frame", "Account")
        harness.wait_for(lambda: self.sessions() == [], "the end of the session")
        harness.wait_for(lambda: "secret" not in self.keyring.items(), "an empty keyring")
        self.assert_nobody()

    def test_refused_cancelled_then_signed_in(self):
        app = self.start_team()
        self.browse("refuse")
        app.find("push button", SIGN_IN).activate()
        app.find("label", "Signing In Did Not Work")
        app.find("status bar", re.compile("refused in the browser"))
        self.assert_nobody()

        self.browse("wait")
        app.find("push button", SIGN_IN, focused=True).activate()
        app.find("label", "Finish in the Browser")
        app.find("push button", "Cancel", focused=True)
        app.find("push button", "Open the Browser Again").activate()
        harness.wait_for(lambda: len(self.opened) == 3, "the browser again")
        self.assertEqual(self.opened[1]["address"], self.opened[2]["address"])
        app.find("push button", "Copy Address").activate()
        app.find("label", re.compile("^Address copied"))
        # The first one is the toast's.
        app.key("Escape", "Escape")
        app.find("label", "Sign In")
        self.assert_nobody()

        self.browse("sign in")
        self.sign_in(app)
        self.assertNotEqual(self.opened[3]["address"], self.opened[2]["address"])
        self.assertEqual(len(self.sessions()), 1)

    def test_faults_end_in_words(self):
        for fault, words in (("token-html", "cannot use"), ("alg-none", "not certain"),
                             ("email-unverified", "not verified")):  # fmt: skip
            with self.subTest(fault=fault):
                app = self.start_team(fault)
                app.find("push button", SIGN_IN).activate()
                app.find("label", "Signing In Did Not Work")
                app.find("status bar", re.compile(words))
                self.assert_nobody()
                app.end()

    def test_ended_elsewhere(self):
        # GLib leaks its first table of names when there are more than 2048, as there are here, and
        # has no frame that a suppression could name.
        options = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        app = self.start(**self.variables(), ASAN_OPTIONS=options)
        self.sign_in(app)
        app.key("F10")
        app.find("menu item", "Account")
        self.owner.rows("DELETE FROM public.sessions")
        app.find("menu item", "Account").activate()
        app.find("label", "You Are Signed Out")
        app.find("status bar", re.compile("ended on another device"))
        app.wait_gone("frame", "Account")
        self.assert_nobody()
        app.key("Return")
        self.wait_signed_in(app)

    def test_connect_by_hand_and_delete_my_account(self):
        # The names of types of both ways in are more than fit GLib's first table, which leaks.
        app = self.start(**harness.file_dialog_environment())
        app.find("push button", "Connect to a Team Directory").activate()
        variables = self.variables()
        app.find("push button", "Connect").activate()
        app.find("status bar", re.compile("both needed"))
        app.click(app.find("list item", "Rarely Needed"))
        for field, name in (
            ("Address of the database", "DATABASE_URL"), ("Client ID for signing in", "AUTH_GOOGLE_ID"),
            ("Client secret", "AUTH_GOOGLE_SECRET"),
            ("Address of the sign-in service", "AUTH_GOOGLE_ISSUER"),
        ):  # fmt: skip
            list(app.find("text", field).all("text", field))[-1].text = variables[name]
        app.find("push button", "Connect").activate()
        app.find("push button", SIGN_IN)
        self.assertIn("database-url", self.keyring.items())
        app.end()

        # What was typed is known from then on.
        app = self.start(**harness.file_dialog_environment())
        self.sign_in(app)
        account = self.open_account(app)
        account.find("push button", "Delete My Account…").activate()
        question = app.find("dialog")
        delete = question.find("push button", "Delete My Account")
        self.assertFalse(delete.has("sensitive"))
        list(question.find("text", "Your e-mail").all("text"))[-1].text = EMAIL
        harness.wait_for(lambda: delete.has("sensitive"), "the button")
        delete.activate()
        app.find("push button", SIGN_IN)
        self.assertEqual(self.owner.rows("SELECT 1 FROM public.users"), [])
        harness.wait_for(lambda: "session-token" not in self.keyring.items(), "the keyring")
        self.assert_nobody()

    def test_locked_keyring(self):
        app = self.start_team()
        self.sign_in(app)
        app.end()
        self.keyring.end_keyring()
        prompter = keyring.Prompter()
        self.addCleanup(prompter.end)
        self.keyring.start_keyring("wrong", prompter.name)
        prompter.dismiss()
        app = self.start_team()
        app.find("status bar", re.compile("was not unlocked"))
        prompter.answer(keyring.PASSWORD)
        app.find("push button", "Try the Keyring Again").activate()
        self.wait_signed_in(app)
        self.assertEqual(len(self.opened), 1)

    def test_no_keyring(self):
        self.keyring.end_keyring()
        app = self.start_team()
        app.find("status bar", re.compile("no keyring on this computer"))
        self.sign_in(app)
        self.assertEqual(len(self.sessions()), 1)


if __name__ == "__main__":
    tap.main()
