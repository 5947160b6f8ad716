#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is signed in, beside a real server and a real keyring: how it begins, how long it lasts, and
that nothing is left here when it is over, whoever ended it."""

import time
import uuid

import cluster
import tap
from account import MEMBER, AccountCase
from driver import CANCELLED, error

class SignIn(AccountCase):
    def test_rows_and_state(self):
        account = self.start()
        self.assertEqual(account.run("begin-sign-in"), "ok")
        self.assertEqual(account.run("sign-in", "subject", "Member@Example.com", *MEMBER[2:]), "ok")
        self.assertEqual(account.states, ["signing-in", "signed-in"])
        ((user, name, email, image, verified),) = self.owner.rows(
            "SELECT id, name, email, image, email_verified FROM public.users")  # fmt: skip
        self.assertEqual((name, email, image, verified),
                         ("Jane Smith", "member@example.com", "https://example.com/picture", None))  # fmt: skip
        ((account_id, *row, access, refresh, id_token),) = self.owner.rows(
            "SELECT id, user_id, type, provider, provider_account_id, token_type, scope, expires_at,"
            " access_token, refresh_token, id_token FROM public.accounts")  # fmt: skip
        self.assertEqual(row, [user, "oidc", "google", "subject", "bearer", "openid email profile",
                               2000000000])  # fmt: skip
        for sealed in (access, refresh, id_token):
            self.assertRegex(sealed, r"^rs1\.[A-Za-z0-9_-]{40,}$")
        ((token, days),) = self.owner.rows(
            "SELECT session_token, extract(epoch FROM expires - now() AT TIME ZONE 'UTC') / 86400"
            " FROM public.sessions")  # fmt: skip
        self.assertEqual(account.run("token"), token)
        self.assertEqual(str(uuid.UUID(token)), token)
        self.assertAlmostEqual(float(days), 30, delta=0.1)
        self.assertRegex(account.users[-1], r"^Jane Smith member@example\.com \d{13}$")

    def test_refused_in_words(self):
        self.owner.rows("INSERT INTO public.users (id, email) VALUES ('c1', 'member@example.com')")
        for email, name, words in (
            ("other@example.com", "other-email", "was made for another e-mail"),
            ("member@example.com", "other-account", "Another account of the team's already has"),
        ):
            with self.subTest(email=email):
                account = self.start()
                self.assertEqual(account.run("sign-in", "subject", email, "Jane", "token"), error(name))
                self.assertEqual(account.states, ["signing-in", "signed-out"])
                self.assertIn(words, account.reasons["signed-out"])
                self.assertEqual(account.revoked, ["token"])
                self.assertEqual(account.run("token"), "none")
                self.assertEqual(self.tokens(), [])
                self.assertNotIn("label", self.bus.items())
        # A good one works right after.
        self.owner.rows("DELETE FROM public.users")
        self.assertEqual(account.run("sign-in", *MEMBER), "ok")

    def test_unreachable(self):
        account = self.start(url=self.nowhere())
        self.assertEqual(account.run("sign-in", *MEMBER), error("unreachable"))
        self.assertEqual(account.states, ["signing-in", "signed-out"])
        self.assertIn("Check your network", account.reasons["signed-out"])
        self.assertEqual(account.revoked, [])
        self.assertNotIn("label", self.bus.items())

    def test_cancelled_leaves_no_session(self):
        account = self.start()
        with self.connect(cluster.OWNER).connection as connection:
            connection.cursor().execute("LOCK TABLE public.accounts IN ACCESS EXCLUSIVE MODE")
            tag = account.begin("sign-in", *MEMBER)
            cluster.wait_for(lambda: self.waiting(), "it does not wait")
            self.assertEqual(account.run("cancel"), "ok")
            self.assertEqual(account.outcome(tag), [CANCELLED])
            self.assertEqual(account.states, ["signing-in", "signed-out"])
            self.assertEqual(account.reasons["signed-out"], "")
        cluster.wait_for(lambda: self.owner.value("SELECT count(*) FROM public.users") == 1, "answer")
        cluster.wait_for(lambda: self.tokens() == [], "the session is still there")
        account.wait(lambda: account.revoked == ["refresh token"])
        self.assertEqual(account.run("settle"), "settled")
        cluster.wait_for(lambda: "label" not in self.bus.items(), "the keyring has something")
        self.assertEqual(account.run("token"), "none")

    def test_a_second_one_replaces_the_first(self):
        account = self.start()
        with self.connect(cluster.OWNER).connection as connection:
            connection.cursor().execute("LOCK TABLE public.accounts IN ACCESS EXCLUSIVE MODE")
            first = account.begin("sign-in", *MEMBER[:3], "first")
            second = account.begin("sign-in", *MEMBER[:3], "second")
            self.assertEqual(account.outcome(first), [CANCELLED])
        self.assertEqual(account.outcome(second), ["ok"])
        cluster.wait_for(lambda: self.tokens() == [account.run("token")], "not only the second")
        self.assertEqual(account.states[-1], "signed-in")

    def test_another_user_finds_nothing(self):
        account = self.sign_in()
        self.owner.rows("UPDATE public.sessions SET expires = now() - interval '1 day'")
        self.assertEqual(account.finish(), 0)
        other = self.make_member("other@example.com")
        account = self.start(url=self.url(other))
        self.assertEqual(account.run("sign-in", "subject 2", "other@example.com", "John Doe", "t"), "ok")
        self.assertFalse(self.folder.exists())
        self.assertEqual(account.users[-1].split()[0], "John")


class Lasting(AccountCase):
    def test_restored_without_a_network(self):
        self.assertEqual(self.sign_in().finish(), 0)
        account = self.start(url=self.nowhere())
        self.assertEqual(account.states, ["signed-in"])
        self.assertRegex(account.users[-1], r"^Jane Smith member@example\.com \d{13}$")
        self.assertEqual([account.run("token")], self.tokens())
        self.assertTrue((self.folder / "people.roster").exists())
        self.assertEqual(account.run("touch"), error("unreachable"))
        self.assertEqual(account.states, ["signed-in"])

    def test_rolling(self):
        self.assertEqual(self.sign_in().finish(), 0)
        self.owner.rows("UPDATE public.sessions SET expires = expires - interval '2 days'")
        account = self.start()
        self.assertEqual(account.run("touch"), "ok")
        days = self.owner.value(
            "SELECT extract(epoch FROM expires - now() AT TIME ZONE 'UTC') / 86400 FROM public.sessions")
        self.assertAlmostEqual(float(days), 30, delta=0.1)
        # Once a day: what is asked again is not asked of the server.
        self.owner.rows("DELETE FROM public.sessions")
        self.assertEqual(account.run("touch"), "ok")
        expires = account.users[-1]
        self.assertEqual(account.finish(), 0)
        self.assertEqual(self.start(url=self.nowhere()).users[-1], expires)

    def test_expired_by_the_clock(self):
        self.assertEqual(self.sign_in().finish(), 0)
        self.bus.change_item("expires=[0-9]+", "expires=1000000000000")
        account = self.start(url=self.nowhere())
        self.assertEqual(account.states[-1], "expired")
        self.assertIn("not used for a long time", account.reasons["expired"])
        self.assertEqual(account.run("token"), "none")
        # Until the server says so, nothing is thrown away: clocks can be wrong.
        self.assertTrue((self.folder / "people.roster").exists())
        self.assertEqual(account.finish(), 0)
        account = self.start()
        self.assertEqual(account.run("touch"), "ok")
        self.assertEqual(account.states[-2:], ["expired", "signed-in"])
        self.assertEqual(account.finish(), 0)
        self.assertEqual(self.start(url=self.nowhere()).states, ["signed-in"])

    def test_expires_while_it_runs(self):
        self.assertEqual(self.sign_in().finish(), 0)
        self.bus.change_item("expires=[0-9]+", f"expires={int(time.time() * 1000) + 1500}")
        account = self.start(url=self.nowhere())
        account.wait(lambda: account.states == ["signed-in", "expired"])

    def test_expired_by_the_server(self):
        self.assertEqual(self.sign_in().finish(), 0)
        self.bus.change_item("expires=[0-9]+", "expires=1000000000000")
        self.owner.rows("UPDATE public.sessions SET expires = '2001-01-01'")
        account = self.start()
        self.assertEqual(account.run("touch"), error("not-signed-in"))
        self.assertEqual(account.states[-1], "expired")
        self.assertEqual(account.n_ended, 1)
        cluster.wait_for(lambda: not self.folder.exists(), "people are still there")
        cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")

    def test_revoked_elsewhere(self):
        for way in ("DELETE FROM public.sessions",
                    "UPDATE public.sessions SET session_token = 'x'",
                    "DELETE FROM public.users"):  # fmt: skip
            with self.subTest(way=way):
                self.assertEqual(self.sign_in().finish(), 0)
                account = self.start()
                self.assertEqual(account.run("open"), "ok") if not self.folder.exists() else None
                self.owner.rows(way)
                self.assertEqual(account.run("touch"), error("not-signed-in"))
                self.assertEqual(account.states, ["signed-in", "revoked"])
                self.assertIn("was ended on another device", account.reasons["revoked"])
                self.assertEqual(account.n_ended, 1)
                cluster.wait_for(lambda: not self.folder.exists(), "people are still there")
                cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")
                self.assertEqual(account.users[-1], "nobody nobody 0")
                self.assertEqual(account.run("touch"), error("not-signed-in"))
                self.assertEqual(account.n_ended, 1)
                self.owner.rows("DELETE FROM public.users")
                self.assertEqual(account.run("sign-in", *MEMBER), "ok")
                self.assertEqual(account.run("sign-out"), "ok")
                # libsecret 0.20.5 complains when somebody else deletes what it is about to replace.
                self.assertEqual(account.finish(), 0)

    def test_every_call_notices(self):
        for words in (("sessions",), ("end", "c1"), ("end-others",), ("delete",)):
            with self.subTest(words=words):
                account = self.sign_in()
                self.owner.rows("DELETE FROM public.sessions")
                self.assertEqual(account.run(*words), error("not-signed-in"))
                self.assertEqual(account.states[-1], "revoked")
                cluster.wait_for(lambda: not self.folder.exists(), "people are still there")
                self.assertEqual(account.finish(), 0)

    def test_removed_by_the_operator(self):
        """Whether there is a connection already, or one has to be made."""
        for connected in (True, False):
            with self.subTest(connected=connected):
                self.assertEqual(self.sign_in().finish(), 0)
                account = self.start()
                if connected:
                    self.assertEqual(len(account.outcome(account.begin("sessions"))), 1)
                self.owner.rows("SELECT roster.remove_member('member@example.com')")
                outcome = account.run("sessions")
                self.assertEqual(outcome, error("not-a-member"))
                self.assertEqual(account.states, ["signed-in", "revoked"])
                self.assertIn("no longer lets you in", account.reasons["revoked"])
                cluster.wait_for(lambda: not self.folder.exists(), "people are still there")
                cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")
                # Nor can they sign in.
                self.assertEqual(account.run("sign-in", *MEMBER), error("not-a-member"))
                self.assertIn("new invitation", account.reasons["signed-out"])
                self.assertEqual(account.finish(), 0)
                self.role = self.make_member("member@example.com")

    def test_what_was_said_of_an_older_session(self):
        account = self.sign_in()
        older = account.run("token")
        self.assertEqual(account.run("sign-out"), "ok")
        self.assertEqual(account.run("heard", older), "goes on")
        self.assertEqual(account.run("sign-in", *MEMBER), "ok")
        self.assertEqual(account.run("heard", older), "goes on")
        self.assertEqual(account.states[-1], "signed-in")
        self.assertEqual(account.run("heard", account.run("token")), "is over")
        self.assertEqual(account.states[-1], "revoked")

    def test_a_dead_refresh_token_ends_nothing(self):
        account = self.sign_in()
        self.assertEqual(account.run("revoker", "dead"), "ok")
        self.assertEqual(account.finish(), 0)
        account = self.start()
        self.assertEqual(account.run("touch"), "ok")
        self.assertEqual(account.states, ["signed-in"])

    def test_only_in_memory(self):
        self.bus.end_keyring()
        account = self.sign_in()
        self.assertEqual(account.states[-1], "signed-in")
        account.wait(lambda: "no keyring on this computer" in account.reasons["signed-in"])
        self.assertEqual(account.run("touch"), "ok")
        self.assertEqual(account.run("sign-out"), "ok")
        self.assertFalse(self.folder.exists())
        self.assertEqual(account.run("settle"), "settled")
        self.assertEqual(self.tokens(), [])

    def test_left_behind_is_deleted(self):
        """Killed between the keyring and the disk, or the keyring was emptied by hand."""
        (self.folder / "pictures").mkdir()
        (self.folder / "people.roster-wal").write_text("x")
        outside = self.bus.folder / "outside"
        outside.mkdir()
        (outside / "file").write_text("x")
        (self.folder / "link").symlink_to(outside)
        account = self.start(url=self.nowhere())
        self.assertEqual(account.states, [])
        self.assertFalse(self.folder.exists())
        self.assertTrue((outside / "file").exists())

    def test_nothing_is_deleted_while_the_keyring_is_not_there(self):
        self.assertEqual(self.sign_in().finish(), 0)
        self.bus.end_keyring()
        account = self.start(url=self.nowhere())
        self.assertEqual(account.run("token"), "none")
        self.assertTrue((self.folder / "people.roster").exists())


class SignOut(AccountCase):
    def test_everywhere(self):
        account = self.sign_in()
        self.assertEqual(account.run("sign-out"), "ok")
        self.assertFalse(self.folder.exists())
        self.assertEqual(account.states[-1], "signed-out")
        self.assertEqual(account.run("settle"), "settled")
        self.assertEqual(account.revoked, ["refresh token"])
        self.assertEqual(self.tokens(), [])
        cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")
        self.assert_nothing_left()
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.users"), 1)
        self.assertEqual(account.run("sign-in", *MEMBER), "ok")

    def test_offline_then_settled_at_the_next_start(self):
        self.assertEqual(self.sign_in().finish(), 0)
        account = self.start(url=self.nowhere())
        self.assertEqual(account.run("revoker", "unreachable"), "ok")
        self.assertEqual(account.run("sign-out"), "ok")
        self.assertFalse(self.folder.exists())
        self.assertEqual(account.states, ["signed-in", "signed-out"])
        self.assertEqual(account.run("settle"), "not settled")
        items = self.bus.items()
        self.assertIn("to-revoke=refresh token", items)
        for name in ("session-token=", "\nrefresh-token=", "sealing-key=", "email="):
            self.assertNotIn(name, items)
        self.assertEqual(account.finish(), 0)
        self.assertEqual(len(self.tokens()), 1)
        # The server is there again, the provider is not.
        account = self.start(restore=False)
        self.assertEqual(account.run("revoker", "unreachable"), "ok")
        self.assertEqual(account.run("restore"), "ok")
        self.assertEqual(account.states, [])
        self.assertEqual(account.run("settle"), "not settled")
        self.assertEqual(self.tokens(), [])
        self.assertEqual(account.run("revoker", "ok"), "ok")
        self.assertEqual(account.run("settle"), "settled")
        self.assertEqual(account.revoked, ["refresh token"])
        cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")

    def test_a_token_that_is_dead_already(self):
        account = self.sign_in()
        self.assertEqual(account.run("revoker", "dead"), "ok")
        self.owner.rows("DELETE FROM public.sessions")
        self.assertEqual(account.run("sign-out"), "ok")
        self.assertEqual(account.run("settle"), "settled")
        self.assertEqual(account.states[-1], "signed-out")

    def test_what_cannot_be_deleted_is_said(self):
        account = self.sign_in()
        self.bus.keyring.kill()
        self.bus.keyring.wait()
        self.assertEqual(account.run("sign-out"), error("failed"))
        self.assertFalse(self.folder.exists())
        self.assertEqual(account.states[-1], "signed-out")
        self.assertEqual(account.run("settle"), "settled")
        # The keyring still has the token; it opens nothing.
        self.bus.start_keyring()
        account = self.start()
        self.assertEqual(account.run("touch"), error("not-signed-in"))
        cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")

    def test_other_devices(self):
        account = self.sign_in()
        other = self.connect(self.role)
        for _ in range(2):
            other.sign_in("subject", "member@example.com")
        ids = account.outcome(account.begin("sessions"))
        self.assertEqual(len(ids), 3)
        self.assertEqual(sum(text.endswith(" this") for text in ids), 1)
        one = next(text for text in ids if not text.endswith(" this"))
        self.assertEqual(account.run("end", one), "ok")
        self.assertEqual(len(account.outcome(account.begin("sessions"))), 2)
        self.assertEqual(account.run("end-others"), "1")
        self.assertEqual(self.tokens(), [account.run("token")])
        self.assertEqual(account.states[-1], "signed-in")

    def test_delete_my_account(self):
        account = self.sign_in()
        me = self.connect(self.role)
        me.sign_in("subject", "member@example.com")
        me.create("John Doe")
        self.assertEqual(account.run("delete"), "ok")
        self.assertFalse(self.folder.exists())
        self.assertEqual(account.states[-1], "signed-out")
        self.assertIn("Your account is deleted", account.reasons["signed-out"])
        for table in ("users", "accounts", "sessions"):
            self.assertEqual(self.owner.value(f"SELECT count(*) FROM public.{table}"), 0)
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.people"), 1)
        self.assertEqual(account.run("settle"), "settled")
        self.assertEqual(account.revoked, ["refresh token"])
        cluster.wait_for(lambda: "label" not in self.bus.items(), "secrets are still there")

    def test_delete_needs_the_server(self):
        self.assertEqual(self.sign_in().finish(), 0)
        account = self.start(url=self.nowhere())
        self.assertEqual(account.run("delete"), error("unreachable"))
        self.assertEqual(account.states, ["signed-in"])
        self.assertTrue(self.folder.exists())


if __name__ == "__main__":
    tap.main()
