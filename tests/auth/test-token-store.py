#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in a real keyring, and what becomes of them when it is not there, locked, or dies."""

import os
import queue
import shutil
import signal
import subprocess
import threading
import unittest

import keyring
import tap

FAILED = "RosterError 0"
CANCELLED = "g-io-error-quark 19"


class Store:
    """A token store in a process of its own; see drive-token-store.c."""

    def __init__(self, environment, directory="directory"):
        self.process = subprocess.Popen(
            [os.environ["ROSTER_DRIVE_TOKEN_STORE"], directory], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.said = queue.SimpleQueue()
        self.states = []
        self.reasons = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.said.put(line.rstrip("\n"))
        self.said.put("gone")

    def say(self, *words):
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()

    def hear(self, kind):
        """The next thing of this kind that it says."""
        while True:
            said, _, words = self.said.get(timeout=keyring.DEADLINE_S).partition(" ")
            assert said != "gone", "the store's process is gone"
            if said == "state":
                self.states.append(words)
            elif said == "reason":
                self.reasons.append(words)
            if said == kind:
                return words

    def outcome(self, what):
        """How it came out, and whose session is there now."""
        done = self.hear("done")
        assert done.startswith(what + " "), done
        return done.removeprefix(what + " "), self.hear("has")

    def load(self):
        self.say("load")
        return self.outcome("load")

    def save(self, *words):
        self.say("save", *words)
        return self.outcome("save")

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(keyring.DEADLINE_S)
        self.process.stdout.close()
        assert status == 0, status


class TokenStore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bus = keyring.Bus()
        cls.addClassCleanup(cls.bus.end)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = cls.bus.environment["DBUS_SESSION_BUS_ADDRESS"]
        cls.prompter = keyring.Prompter()
        cls.addClassCleanup(cls.prompter.end)

    def setUp(self):
        self.addCleanup(shutil.rmtree, self.bus.folder / "data", ignore_errors=True)
        self.addCleanup(self.bus.end_keyring)

    def start_keyring(self, **options):
        self.bus.start_keyring(prompter=self.prompter.name, **options)

    def store(self, directory="directory"):
        store = Store(self.bus.environment, directory)
        self.addCleanup(store.end)
        return store

    def fill(self):
        """A keyring that has Jane's session."""
        self.start_keyring()
        self.assertEqual(self.store().save("Jane Smith"), ("ok", "Jane Smith"))

    def test_kept(self):
        self.start_keyring()
        store = self.store()
        self.assertEqual(store.load(), ("ok", "nothing"))
        self.assertEqual(store.save("Jane Smith"), ("ok", "Jane Smith"))
        self.assertEqual(store.save("John Doe"), ("ok", "John Doe"))
        self.assertEqual(store.states, ["kept"])
        self.assertEqual(self.store().load(), ("ok", "John Doe"))
        self.assertEqual(self.store("another").load(), ("ok", "nothing"))
        items = self.bus.items()
        self.assertEqual(items.count("label ="), 1)
        self.assertIn("label = Roster: access to your team's directory\n", items)
        self.assertIn("attribute.directory = directory\n", items)
        self.assertIn(f"schema = {keyring.APPLICATION}.Directory\n", items)
        self.bus.end_keyring()
        for path in self.bus.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"secret token", path.read_bytes(), path)
        self.start_keyring()
        self.assertEqual(self.store().load(), ("ok", "John Doe"))

    def test_nothing_is_left(self):
        self.fill()
        store = self.store()
        self.assertEqual(store.save(), ("ok", "nothing"))
        self.assertEqual(self.bus.items(), "")
        self.assertEqual(store.save(), ("ok", "nothing"))
        self.assertEqual(self.store().load(), ("ok", "nothing"))

    def test_the_last_one_counts(self):
        self.start_keyring()
        store = self.store()
        for name in ("Jane Smith", "John Doe", "Grace Lee"):
            store.say("save", name)
        for _ in range(3):
            self.assertEqual(store.outcome("save"), ("ok", "Grace Lee"))
        self.assertEqual(self.store().load(), ("ok", "Grace Lee"))

    def test_no_keyring(self):
        store = self.store()
        self.assertEqual(store.load(), ("ok", "nothing"))
        self.assertEqual(store.states, ["in-memory"])
        self.assertIn("There is no keyring on this computer", store.reasons[0])
        self.assertEqual(store.save("Jane Smith"), (FAILED, "Jane Smith"))
        self.assertEqual(store.load(), ("ok", "Jane Smith"))
        self.assertEqual(store.states, ["in-memory"])
        # One that comes later is used.
        self.start_keyring()
        self.assertEqual(store.save("John Doe"), ("ok", "John Doe"))
        self.assertEqual(store.states, ["in-memory", "kept"])
        self.assertEqual(self.store().load(), ("ok", "John Doe"))

    def test_no_bus(self):
        store = Store(self.bus.environment | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"})
        self.addCleanup(store.end)
        self.assertEqual(store.load(), ("ok", "nothing"))
        self.assertEqual(store.save("Jane Smith"), (FAILED, "Jane Smith"))
        self.assertEqual(store.states, ["in-memory"])

    def test_unlocked_when_asked(self):
        self.fill()
        self.bus.lock()
        self.prompter.answer(keyring.PASSWORD)
        store = self.store()
        self.assertEqual(store.load(), ("ok", "Jane Smith"))
        self.assertEqual(store.states, ["locked", "kept"])
        self.assertIn("The keyring is locked", store.reasons[0])
        self.assertTrue(self.prompter.is_done())

    def test_locked_with_nothing_in_it(self):
        self.start_keyring()
        self.bus.lock()
        store = self.store()
        self.assertEqual(store.load(), ("ok", "nothing"))
        self.assertEqual(store.states, ["kept"])

    def test_wrong_password_first(self):
        self.fill()
        self.bus.end_keyring()
        # It starts, and the keyring stays locked.
        self.start_keyring(password="another")
        self.prompter.answer("wrong")
        self.prompter.answer(keyring.PASSWORD)
        store = self.store()
        self.assertEqual(store.load(), ("ok", "Jane Smith"))
        self.assertEqual(store.states, ["locked", "kept"])
        self.assertTrue(self.prompter.is_done())

    def test_dismissed(self):
        self.fill()
        self.bus.lock()
        self.prompter.dismiss()
        store = self.store()
        self.assertEqual(store.load(), ("ok", "nothing"))
        self.assertEqual(store.states, ["locked", "in-memory"])
        self.assertIn("The keyring was not unlocked", store.reasons[-1])
        # Who signs in then is remembered, and can still unlock it.
        self.prompter.dismiss()
        self.assertEqual(store.save("John Doe"), (FAILED, "John Doe"))
        self.assertIn("The keyring was not unlocked", store.reasons[-1])
        self.prompter.answer(keyring.PASSWORD)
        self.assertEqual(store.save("John Doe"), ("ok", "John Doe"))
        self.assertEqual(store.states, ["locked", "in-memory", "kept"])
        self.assertTrue(self.prompter.is_done())
        self.assertEqual(self.store().load(), ("ok", "John Doe"))

    def test_no_login_keyring_and_none_wanted(self):
        self.start_keyring(password="")
        self.prompter.dismiss()
        store = self.store()
        self.assertEqual(store.load(), ("ok", "nothing"))
        self.assertEqual(store.save("Jane Smith"), (FAILED, "Jane Smith"))
        self.assertEqual(store.states, ["kept", "in-memory"])

    def test_cancelled_while_it_is_locked(self):
        self.fill()
        self.bus.lock()
        # Nobody answers: what is on the other end stands still.
        store = self.store()
        os.kill(self.bus.keyring.pid, signal.SIGSTOP)
        store.say("load")
        store.say("cancel-load")
        self.assertEqual(store.outcome("load"), (CANCELLED, "nothing"))
        os.kill(self.bus.keyring.pid, signal.SIGCONT)

    def test_dies_half_way(self):
        self.fill()
        for words in (("load",), ("save", "John Doe"), ("save",)):
            with self.subTest(words=words):
                self.bus.end_keyring()
                self.start_keyring()
                store = self.store()
                self.assertEqual(store.load(), ("ok", "Jane Smith"))
                os.kill(self.bus.keyring.pid, signal.SIGSTOP)
                store.say(*words)
                self.bus.keyring.kill()
                self.bus.keyring.wait(keyring.DEADLINE_S)
                outcome, name = store.outcome(words[0])
                self.assertEqual(outcome, "ok" if words[0] == "load" else FAILED)
                self.assertEqual(name, {("load",): "Jane Smith", ("save",): "nothing"}.get(words, "John Doe"))
                self.assertEqual(store.states, ["kept", "in-memory"])
                # What was there before is there whole.
                self.start_keyring()
                self.assertEqual(self.store().load(), ("ok", "Jane Smith"))

    def test_what_is_not_ours(self):
        self.start_keyring()
        for text in (b"", b"Roster 2\nname=Jane Smith", b"\xff\xfe\x00", b"x" * 3000):
            subprocess.run(
                ["secret-tool", "store", "--label", "x", "xdg:schema",
                 f"{keyring.APPLICATION}.Directory", "application", keyring.APPLICATION,
                 "directory", "directory"],
                input=text, env=self.bus.environment, check=True,
            )  # fmt: skip
            store = self.store()
            self.assertEqual(store.load(), ("ok", "nothing"))
            self.assertEqual(store.states, ["kept"])
        self.assertEqual(store.save("Jane Smith"), ("ok", "Jane Smith"))
        self.assertEqual(self.store().load(), ("ok", "Jane Smith"))


if __name__ == "__main__":
    tap.main()
