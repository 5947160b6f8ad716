# SPDX-License-Identifier: GPL-3.0-or-later
"""A session bus of a test's own with a real gnome-keyring on it, and somebody who answers when it
asks for the password."""

import ctypes
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

PASSWORD = "correct horse"
APPLICATION = "io.github.rosterapp.Roster"
DEADLINE_S = 60

BUS_CONFIG = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def wait_for(condition, what):
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.01)


class Bus:
    """With nothing on it. The variables for programs that use it are in "environment"."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roster-keyring-"))
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(folder=self.folder))
        self.process = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}", "--print-address=1"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        self.environment = os.environ | {
            "DBUS_SESSION_BUS_ADDRESS": self.process.stdout.readline().strip(),
            "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(runtime),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }  # fmt: skip
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"):
            self.environment.pop(name, None)
        self.keyring = None

    def end(self):
        self.end_keyring()
        self.process.terminate()
        self.process.wait(DEADLINE_S)
        self.process.stdout.close()
        shutil.rmtree(self.folder)

    def start_keyring(self, password=PASSWORD, prompter=None):
        """Unlocked, or, with another password than before, locked."""
        environment = dict(self.environment)
        if prompter:
            environment["GNOME_KEYRING_TEST_PROMPTER"] = prompter
        # Outside the bus G_DEBUG would end it for warnings of its own.
        environment.pop("G_DEBUG", None)
        self.keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=environment, text=True,
        )  # fmt: skip
        self.keyring.stdin.write(password)
        self.keyring.stdin.close()
        wait_for(lambda: self.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus.NameHasOwner",
                                   "org.freedesktop.secrets").startswith("(true"),
                 "no keyring")  # fmt: skip

    def end_keyring(self):
        if self.keyring and self.keyring.poll() is None:
            self.keyring.terminate()
            self.keyring.wait(DEADLINE_S)

    def call(self, name, path, method, *arguments):
        result = subprocess.run(
            ["gdbus", "call", "--session", "--dest", name, "--object-path", path,
             "--method", method, *arguments],
            capture_output=True, text=True, env=self.environment,
        )  # fmt: skip
        return result.stdout

    def lock(self):
        self.call("org.freedesktop.secrets", "/org/freedesktop/secrets",
                  "org.freedesktop.Secret.Service.Lock",
                  "['/org/freedesktop/secrets/collection/login']")  # fmt: skip

    def items(self):
        """What anybody can find in the unlocked keyring, as text."""
        return subprocess.run(
            ["secret-tool", "search", "--all", "--unlock", "application", APPLICATION],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment,
        ).stdout  # fmt: skip

    def change_item(self, pattern, words):
        """Replaces a part of what Roster keeps."""
        which = ["xdg:schema", f"{APPLICATION}.Directory", "application", APPLICATION,
                 "directory", "directory"]  # fmt: skip
        text = subprocess.run(["secret-tool", "lookup", *which], capture_output=True, text=True,
                              check=True, env=self.environment).stdout  # fmt: skip
        changed, n = re.subn(pattern, words, text)
        assert n == 1, pattern
        subprocess.run(["secret-tool", "store", "--label", "changed", *which], input=changed,
                       text=True, check=True, env=self.environment)  # fmt: skip


class Prompter:
    """Answers the keyring's prompts. There is one for the whole process, on the bus of
    DBUS_SESSION_BUS_ADDRESS: GLib keeps its connection."""

    def __init__(self):
        self.library = ctypes.CDLL("libgcr-base-3.so.1")
        self.library.gcr_mock_prompter_start.restype = ctypes.c_char_p
        self.name = self.library.gcr_mock_prompter_start().decode()

    def answer(self, password):
        self.library.gcr_mock_prompter_expect_password_ok(password.encode(), None)

    def dismiss(self):
        self.library.gcr_mock_prompter_expect_password_cancel()

    def is_done(self):
        return not self.library.gcr_mock_prompter_is_expecting()

    def end(self):
        self.library.gcr_mock_prompter_stop()
