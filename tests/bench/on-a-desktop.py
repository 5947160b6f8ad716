#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a desktop and in a home of its own: on-a-desktop.py PROGRAM ARGUMENT..."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "ui"))
import harness  # noqa: E402


def main():
    desktop = harness.Desktop()
    try:
        with tempfile.TemporaryDirectory(prefix="roster-home-") as home:
            variables = harness.environment(pathlib.Path(home)) | {"G_DEBUG": ""}
            return subprocess.run(sys.argv[1:], env=os.environ | variables).returncode
    finally:
        desktop.end()


if __name__ == "__main__":
    sys.exit(main())
