#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program beside a server of its own with a team's database, which DATABASE_URL_UNPOOLED then
names: on-a-server.py PROGRAM ARGUMENT..."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "postgres"))
import cluster  # noqa: E402


def main():
    with cluster.running(cluster.Cluster, 16) as server:
        url = server.url(server.make_database("team"), options="sslmode=disable")
        environment = os.environ | {"DATABASE_URL": url, "DATABASE_URL_UNPOOLED": url}
        subprocess.run(
            [os.environ["ROSTER_DB"], "migrate"], env=environment, check=True, capture_output=True
        )
        return subprocess.run(sys.argv[1:], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
