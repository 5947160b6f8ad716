#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program beside a team's database that is far away: directly, with TLS, and through a pooler.
on-a-slow-network.py PROGRAM runs "PROGRAM WAY URL TOKEN" for each way."""

import contextlib
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "postgres"))
import certificates  # noqa: E402
import cluster  # noqa: E402
import directory  # noqa: E402
import proxy  # noqa: E402

HOST = "database.example"
ONE_WAY_S = 0.025


def sign_in(server):
    with contextlib.closing(server.connect(dbname=directory.TEMPLATE)) as connection:
        session = directory.Session(connection)
        session.sign_in("subject", "owner@example.com")
        return session.token


def measure(way, port, url_of, token):
    slow = proxy.Proxy(port)
    slow.delay_s = ONE_WAY_S
    status = subprocess.run([*sys.argv[1:], way, url_of(slow.port), token]).returncode
    slow.close()
    return status


def main():
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        authority = certificates.make_authority(folder, "authority")
        pair = certificates.make_server(folder, "authority", HOST)
        server = stack.enter_context(cluster.running(cluster.start_with_tls, pair))
        directory.make_template(server)
        passwords = {cluster.OWNER: cluster.PASSWORD}
        bouncer = stack.enter_context(cluster.running(cluster.Bouncer, server, passwords))
        token = sign_in(server)
        login = (cluster.OWNER, cluster.PASSWORD)
        direct = measure(
            "direct",
            server.port,
            lambda port: cluster.make_url(*login, HOST, port, directory.TEMPLATE,
                                          f"hostaddr=127.0.0.1&sslrootcert={authority}"),
            token,
        )  # fmt: skip
        pooled = measure(
            "pooled",
            bouncer.port,
            lambda port: cluster.make_url(*login, "127.0.0.1", port, directory.TEMPLATE),
            token,
        )
        return direct or pooled


if __name__ == "__main__":
    sys.exit(main())
