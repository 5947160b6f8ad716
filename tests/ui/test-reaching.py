#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing to people and calling them, by the program that the desktop has for it."""

import pathlib

import harness
import tap


class Reaching(harness.TestCase):
    def set_up_program(self):
        """Makes a program the default for mail and calls; it keeps what it was asked to open."""
        applications = self.home / "data/applications"
        applications.mkdir(parents=True)
        script = self.home / "program"
        script.write_text(f'#!/bin/sh\nprintf %s "$1" >"{self.home}/opened.new"\n'
                          f'mv "{self.home}/opened.new" "{self.home}/opened"\n')  # fmt: skip
        script.chmod(0o755)
        (applications / "reach.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=Reach\n"
            f"Exec={script} %u\nMimeType=x-scheme-handler/mailto;x-scheme-handler/tel;\n"
        )
        config = self.home / "config"
        config.mkdir()
        (config / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/mailto=reach.desktop\n"
            "x-scheme-handler/tel=reach.desktop\n"
        )

    def wait_opened(self, uri):
        opened = self.home / "opened"
        harness.wait_for(lambda: opened.exists() and opened.read_text() == uri, uri)

    def test_by_the_programs_of_the_desktop(self):
        self.set_up_program()
        app = self.start_with_sample_people()
        app.click(app.row("Grace Lee"))
        app.find("push button", "Write an E-mail").activate()
        self.wait_opened("mailto:grace.lee@example.com")
        app.find("push button", "Call").activate()
        self.wait_opened("tel:+15550108")

    def test_says_when_there_is_no_program(self):
        # All that this computer has, but no programs.
        share = self.home / "share"
        share.mkdir()
        for path in pathlib.Path("/usr/share").iterdir():
            if path.name != "applications":
                (share / path.name).symlink_to(path)
        app = self.start_with_sample_people(XDG_DATA_DIRS=f"{harness.SOURCE_DIR / 'data'}:{share}")
        app.click(app.row("Grace Lee"))
        app.find("push button", "Write an E-mail").activate()
        app.find("label", "No app for e-mail is set up. Copy the address instead.")
        app.find("push button", "Call").activate()
        app.find("label", "No app for calls is set up. Copy the number instead.")


if __name__ == "__main__":
    tap.main()
