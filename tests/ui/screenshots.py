#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of the real window: screenshots.py FOLDER"""

import pathlib
import subprocess
import sys
import tempfile

import harness

# The edge that GTK draws around a window where there is no compositor.
EDGE = 5
RADIUS = 12


def take(app, path):
    """Puts the newest window into a file, with the corners and shadow that a compositor gives it."""
    window = harness.xdotool("search", "--onlyvisible", "--maxdepth", "1", "--name", ".").split()[-1]
    harness.xdotool("mousemove", "1279", "959")
    _, _, width, height = app.windows[-1].box
    corners = f"roundrectangle 0,0,{width - 1},{height - 1},{RADIUS},{RADIUS}"
    subprocess.run(
        [
            "convert", f"x:{window}", "-crop", f"{width}x{height}+{EDGE}+{EDGE}", "+repage",
            "-alpha", "set",
            "(", "+clone", "-alpha", "transparent", "-fill", "white", "-draw", corners, ")",
            "-compose", "DstIn", "-composite", "-compose", "Over",
            "(", "+clone", "-background", "black", "-shadow", "35x12+0+5", ")",
            "+swap", "-background", "none", "-layers", "merge", "+repage",
            "-strip", "-define", "png:exclude-chunks=date,time", path,
        ],
        check=True,
    )  # fmt: skip


def start(folder, name, style):
    home = folder / name
    settings = home / "config/glib-2.0/settings/keyfile"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f"[io/github/rosterapp/Roster]\ndirectory='local'\ncolor-scheme='{style}'\n"
    )
    app = harness.App(home=home).wait_window()
    app.find("push button", "Start with Sample People").activate()
    app.find("label", "10 people added")
    app.key("Escape")
    app.wait_gone("label", "10 people added")
    app.click(app.row("Grace Lee"))
    app.find("push button", "Copy E-mail")
    return app


def main(target):
    target.mkdir(exist_ok=True)
    desktop = harness.Desktop()
    try:
        with tempfile.TemporaryDirectory() as folder:
            app = start(pathlib.Path(folder), "light", "force-light")
            take(app, target / "directory.png")
            app.type("jo")
            app.wait_people("Alice Johnson", "John Doe")
            take(app, target / "search.png")
            app.key("Escape")
            app.resize(360 + 2 * EDGE, 660)
            app.wait_gone(name="RosterPersonPane")
            take(app, target / "narrow.png")
            app.end()

            app = start(pathlib.Path(folder), "dark", "force-dark")
            take(app, target / "directory-dark.png")
            app.end()
    finally:
        desktop.end()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
