# SPDX-License-Identifier: GPL-3.0-or-later
"""An authority of the tests' own, and what it certifies."""

import subprocess


def _openssl(*arguments, folder):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_authority(folder, name):
    """Returns the certificate of a new authority."""
    _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem",
             folder=folder)  # fmt: skip
    return folder / f"{name}.pem"


def make_server(folder, authority, host):
    """Returns certificate and key of a server of that name."""
    (folder / "names").write_text(f"subjectAltName=DNS:{host}\n")
    _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", f"/CN={host}", "-keyout", "server.key", "-out", "server.csr", folder=folder)  # fmt: skip
    _openssl("x509", "-req", "-in", "server.csr", "-CA", f"{authority}.pem", "-CAkey",
             f"{authority}.key", "-CAcreateserial", "-days", "2", "-extfile", "names",
             "-out", "server.pem", folder=folder)  # fmt: skip
    return folder / "server.pem", folder / "server.key"
