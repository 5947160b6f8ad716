#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program beside a team's database with people, on this computer but encrypted:
over-tls.py N-PEOPLE PROGRAM runs "PROGRAM URL TOKEN"."""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "postgres"))
import certificates  # noqa: E402
import cluster  # noqa: E402
import directory  # noqa: E402

HOST = "database.example"


def main():
    n_people, *program = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        authority = certificates.make_authority(folder, "authority")
        pair = certificates.make_server(folder, "authority", HOST)
        server = stack.enter_context(cluster.running(cluster.start_with_tls, pair))
        url = server.url(server.make_database("team"), host=HOST,
                         options=f"hostaddr=127.0.0.1&sslrootcert={authority}")  # fmt: skip
        environment = os.environ | {"DATABASE_URL": url, "DATABASE_URL_UNPOOLED": url}
        for command in (["migrate"], ["seed", "--generate", n_people]):
            subprocess.run([os.environ["ROSTER_DB"], *command], env=environment, check=True,
                           capture_output=True)  # fmt: skip
        with contextlib.closing(server.connect(dbname="team", sslmode="require")) as connection:
            session = directory.Session(connection)
            session.rows("VACUUM ANALYZE people")
            session.sign_in("subject", "owner@example.com")
        return subprocess.run([*program, url, session.token]).returncode


if __name__ == "__main__":
    sys.exit(main())
