#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What "meson install" put in its place: valid, and started the way the app menu starts it."""

import gettext
import os
import pathlib
import shutil
import subprocess

import harness
import tap
from harness import Atspi
from gi.repository import Gio, GLib

ID = os.environ["ROSTER_APPLICATION_ID"]
SHARE = pathlib.Path(os.environ["ROSTER_DATA_DIR"])
INSTALLED_PROGRAM = os.environ["ROSTER_INSTALLED_PROGRAM"]


class Installed(harness.TestCase):
    def check(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_desktop_entry(self):
        self.check("desktop-file-validate", SHARE / f"applications/{ID}.desktop")

    def test_metainfo(self):
        self.check("appstreamcli", "validate", "--no-net", SHARE / f"metainfo/{ID}.metainfo.xml")

    def test_schema(self):
        self.check("glib-compile-schemas", "--strict", "--dry-run", SHARE / "glib-2.0/schemas")

    def test_icons(self):
        for icon in (f"scalable/apps/{ID}.svg", f"symbolic/apps/{ID}-symbolic.svg"):
            self.assertTrue((SHARE / "icons/hicolor" / icon).is_file(), icon)

    def test_speaks_german(self):
        german = gettext.translation(pathlib.Path(INSTALLED_PROGRAM).name, SHARE / "locale", ["de"])
        welcome = german.gettext("Welcome to Roster")
        self.assertNotEqual(welcome, "Welcome to Roster")
        app = self.start(
            program=INSTALLED_PROGRAM,
            GSETTINGS_SCHEMA_DIR="",
            ROSTER_MODULE_DIR="",
            LANGUAGE="de",
            XDG_DATA_DIRS=f"{SHARE}:/usr/local/share:/usr/share",
        )
        app.find("label", welcome)

    def test_starts_from_the_app_menu(self):
        shutil.copy(SHARE / f"dbus-1/services/{ID}.service", self.desktop.folder / "services")
        variables = harness.environment(self.home) | {
            "GSETTINGS_SCHEMA_DIR": "",
            "ROSTER_MODULE_DIR": "",
            "XDG_DATA_DIRS": f"{SHARE}:/usr/local/share:/usr/share",
        }
        self.tell_bus("UpdateActivationEnvironment", GLib.Variant("(a{ss})", (variables,)))
        self.tell_bus("ReloadConfig", None)

        # A desktop entry whose program is not in the path is taken for one that is not installed.
        os.environ["PATH"] = f"{pathlib.Path(INSTALLED_PROGRAM).parent}:{os.environ['PATH']}"
        Gio.DesktopAppInfo.new_from_filename(f"{SHARE}/applications/{ID}.desktop").launch()
        app = harness.wait_for(self.find_started, "Roster")
        program = os.readlink(f"/proc/{app.accessible.get_process_id()}/exe")
        self.assertEqual(program, INSTALLED_PROGRAM)
        app.find("push button", "Use on This Computer").activate()
        app.find("label", "Nobody Here Yet")

        os.kill(app.accessible.get_process_id(), 15)
        harness.wait_for(lambda: not self.find_started(), "the end of Roster")

    def tell_bus(self, method, parameters):
        connection = Gio.bus_get_sync(Gio.BusType.SESSION)
        connection.set_exit_on_close(False)
        connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
            method, parameters, None, Gio.DBusCallFlags.NONE, -1,
        )  # fmt: skip

    def find_started(self):
        desktop = harness.Node(Atspi.get_desktop(0))
        desktop.accessible.clear_cache()
        names = {pathlib.Path(INSTALLED_PROGRAM).name, ID}
        return next((app for app in desktop.children if app.name in names and app.children), None)


if __name__ == "__main__":
    tap.main()
