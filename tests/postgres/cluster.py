# SPDX-License-Identifier: GPL-3.0-or-later
"""Throwaway PostgreSQL servers, and PgBouncer in front of them. Nothing outlives the "with"."""

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from urllib.parse import quote

import psycopg2

OWNER = "owner"
PASSWORD = "correct horse:battery/staple@%"
DEADLINE_S = 60


def folder_of(version):
    """Where the programs of a version are."""
    packages = pathlib.Path(os.environ["ROSTER_NPM_DIR"]) / "node_modules"
    folder = packages / f"postgresql-{version}" / "native" / "bin"
    if not (folder / "postgres").exists():
        raise FileNotFoundError(f"There is no PostgreSQL {version} here; run build-aux/test once")
    return folder


def _user():
    """Whom servers run as: they refuse root."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def _demote():
    user = _user()
    if os.getuid() == 0:
        os.initgroups(user.pw_name, user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)


def reachable_folder_of(version, folder):
    """Where the programs of a version are for whom servers run as: root's home is closed to them,
    and then @folder gets a copy."""
    programs = folder_of(version)
    if all(parent.stat().st_mode & stat.S_IXOTH for parent in programs.parents):
        return programs
    return shutil.copytree(programs.parent, folder / "programs", symlinks=True) / "bin"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(condition, what):
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.01)


def give_to_server(path):
    """Lets servers own a file."""
    if os.getuid() == 0:
        user = _user()
        os.chown(path, user.pw_uid, user.pw_gid)


class Server:
    """One running server: a program, its folder, and how to reach what it serves."""

    # Ends the program and whoever is connected, in good order.
    stop_signal = signal.SIGINT

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.process = None

    def start(self, command, ready):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                preexec_fn=_demote,
            )  # fmt: skip
        wait_for(lambda: self._is_alive() and ready(), f"{command[0]} does not answer")

    def _is_alive(self):
        if self.process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])
        return True

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            self.process.wait(DEADLINE_S)


class Cluster(Server):
    """A PostgreSQL server on loopback and on a Unix socket, passwords by SCRAM, no fsync. The role
    OWNER may make databases and roles and is no superuser: what a team's operator is."""

    def __init__(self, folder, version, tls=None):
        super().__init__(folder, free_port())
        self.version = version
        self.bin = reachable_folder_of(version, folder)
        self.tls = tls
        self.data = folder / "data"
        self._initialize()
        self.boot()
        with self.connect(user="postgres", dbname="postgres") as connection:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD %s", (PASSWORD,)
                )

    def _initialize(self):
        password_file = self.folder / "password"
        password_file.write_text(PASSWORD)
        give_to_server(password_file)
        command = [
            self.bin / "initdb", "-D", self.data, "-U", "postgres", "--auth=scram-sha-256",
            f"--pwfile={password_file}", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8",
            "--no-instructions",
        ]  # fmt: skip
        result = subprocess.run(
            command, cwd=self.folder, preexec_fn=_demote, capture_output=True, text=True
        )
        if result.returncode != 0:
            raise RuntimeError(result.stdout + result.stderr)

    def boot(self):
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "port": self.port,
            "fsync": "off",
            "shared_buffers": "64MB",
            "max_connections": 60,
            "log_min_messages": "error",
            "dynamic_shared_memory_type": "posix",
        }
        if self.tls:
            settings |= {"ssl": "on", "ssl_cert_file": self.tls[0], "ssl_key_file": self.tls[1]}
        command = [self.bin / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.start(command, self._accepts)

    def crash(self):
        """As a power cut ends it; what was committed is in its files. Comes back by itself."""
        self.process.kill()
        self.process.wait(DEADLINE_S)
        wait_for(self._boots, "the server does not come back")

    def _boots(self):
        """Not before the last of the old one's processes has noticed."""
        try:
            self.boot()
        except RuntimeError:
            return False
        return True

    def _accepts(self):
        try:
            self.connect(user="postgres", dbname="postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def connect(self, user=OWNER, dbname="postgres", autocommit=True, **options):
        options = {"host": "127.0.0.1", "password": PASSWORD, "sslmode": "disable"} | options
        connection = psycopg2.connect(
            port=self.port, user=user, dbname=dbname, connect_timeout=20, **options
        )
        connection.autocommit = autocommit
        return connection

    def make_database(self, name, owner=OWNER, template=None):
        with contextlib.closing(self.connect(user="postgres")) as connection:
            with connection.cursor() as cursor:
                copied = f" TEMPLATE {template}" if template else ""
                cursor.execute(f"CREATE DATABASE {name} OWNER {owner}{copied}")
        return name

    def drop_database(self, name):
        with contextlib.closing(self.connect(user="postgres")) as connection:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, dbname, user=OWNER, password=PASSWORD, host="127.0.0.1", options=""):
        return make_url(user, password, host, self.port, dbname, options)


def copy_pair(folder, pair):
    """Certificate and key for one server: it wants the key to itself."""
    own = []
    for path in pair:
        own.append(shutil.copy(path, folder))
        os.chmod(own[-1], 0o600)
        give_to_server(own[-1])
    return own


def start_with_tls(folder, pair, version=16):
    return Cluster(folder, version, tls=copy_pair(folder, pair))


class Bouncer(Server):
    """PgBouncer in transaction mode, as a serverless database has it in front."""

    stop_signal = signal.SIGTERM

    def __init__(self, folder, cluster, passwords, tls=None):
        super().__init__(folder, free_port())
        users = folder / "users"
        users.write_text("".join(f'"{name}" "{word}"\n' for name, word in passwords.items()))
        (folder / "pgbouncer.ini").write_text(
            "[databases]\n"
            f"* = host=127.0.0.1 port={cluster.port}\n"
            "[pgbouncer]\n"
            "listen_addr = 127.0.0.1\n"
            f"listen_port = {self.port}\n"
            f"unix_socket_dir = {folder}\n"
            "auth_type = scram-sha-256\n"
            f"auth_file = {users}\n"
            "pool_mode = transaction\n"
            "default_pool_size = 4\n"
            "server_lifetime = 60\n" + (self._tls(copy_pair(folder, tls)) if tls else "")
        )
        self.boot()

    @staticmethod
    def _tls(pair):
        return (
            "client_tls_sslmode = require\n"
            f"client_tls_cert_file = {pair[0]}\nclient_tls_key_file = {pair[1]}\n"
        )

    def boot(self):
        self.start(["pgbouncer", "-q", self.folder / "pgbouncer.ini"], self._listens)

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def url(self, dbname, user=OWNER, password=PASSWORD, options=""):
        return make_url(user, password, "127.0.0.1", self.port, dbname, options)


def make_url(user, password, host, port, dbname, options=""):
    query = f"?{options}" if options else ""
    return f"postgresql://{quote(user, '')}:{quote(password, '')}@{host}:{port}/{dbname}{query}"


@contextlib.contextmanager
def folder():
    """A private folder that servers may use, gone at the end."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="roster-pg-"))
    give_to_server(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def running(make, *arguments, **options):
    """make (folder, ...) as a context: "with running (Cluster, 16) as cluster"."""
    with folder() as path:
        server = make(path, *arguments, **options)
        try:
            yield server
        finally:
            server.stop()
