#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that says anything at all: the worker never hangs, breaks or believes it."""

import os
import random
import socket
import struct
import threading
import unittest

import cluster
import driver
import tap
from driver import error

TEXT, TIMESTAMP = 25, 1114
N_RANDOM = 150


def message(kind, body=b""):
    return kind + struct.pack("!i", len(body) + 4) + body


def status(name, value):
    return message(b"S", name + b"\0" + value + b"\0")


def columns(*types, is_binary=1):
    body = struct.pack("!h", len(types))
    for kind in types:
        body += b"c\0" + struct.pack("!ihihih", 0, 0, kind, -1, -1, is_binary)
    return message(b"T", body)


def row(*values):
    body = struct.pack("!h", len(values))
    for value in values:
        body += struct.pack("!i", -1) if value is None else struct.pack("!i", len(value)) + value
    return message(b"D", body)


def failure(sqlstate, text=b"no"):
    return message(b"E", b"SERROR\0VERROR\0C" + sqlstate + b"\0M" + text + b"\0\0")


GREETING = (
    message(b"R", struct.pack("!i", 0)) + status(b"server_version", b"16.4")
    + status(b"client_encoding", b"UTF8") + message(b"K", b"\0" * 8) + message(b"Z", b"I")
)  # fmt: skip
PARSED = message(b"1") + message(b"2")
DONE = message(b"C", b"SELECT 1\0")
READY = message(b"Z", b"I")
SOON = struct.pack("!q", 1)


class Stranger:
    """Takes every connection, and answers every question with the same bytes."""

    def __init__(self):
        self.answer = b""
        self.greeting = GREETING
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        try:
            client.recv(65536)
            client.sendall(self.greeting)
            while client.recv(65536):
                client.sendall(self.answer)
        except OSError:
            pass
        client.close()


class Hostile(unittest.TestCase):
    def setUp(self):
        self.stranger = Stranger()
        self.worker = self.start()

    def start(self, **environment):
        url = cluster.make_url("u", "p", "127.0.0.1", self.stranger.port, "d", "sslmode=disable")
        return driver.Driver(url, environment=environment)

    def tearDown(self):
        self.assertEqual(self.worker.finish(), 0)

    def ask(self, answer, timeout_ms=30000):
        self.stranger.answer = answer
        outcome = self.worker.run("touch-session", "t", timeout_ms=timeout_ms)
        # What comes unasked belongs to nothing that is asked next.
        self.worker.say("network-changed")
        return outcome

    def test_answers(self):
        for answer, outcome in (
            (columns(TIMESTAMP) + row(SOON), "ok 1 "),
            (columns(TEXT) + row(b"soon"), error("newer-version")),
            (columns(TIMESTAMP, TIMESTAMP) + row(SOON, SOON), error("newer-version")),
            (columns(TIMESTAMP, is_binary=0) + row(b"2024"), error("newer-version")),
            (columns(), error("newer-version")),
            (9 * DONE + 9 * READY, error("newer-version")),
            (columns(TIMESTAMP), error("newer-version")),
            (columns(TIMESTAMP) + 2 * row(SOON), error("newer-version")),
            (columns(TIMESTAMP) + row(b"soon"), error("corrupt")),
            (columns(TIMESTAMP) + row(None), error("corrupt")),
            (columns(TIMESTAMP) + row(b"\x7f" + b"\xff" * 7), error("corrupt")),
        ):
            with self.subTest(answer):
                self.assertEqual(self.ask(PARSED + answer + DONE + READY), [outcome])

    def test_errors(self):
        for sqlstate, outcome in (
            (b"RS001", "not-signed-in"), (b"RS999", "failed"), (b"42883", "newer-version"),
            (b"", "failed"), (b"\xff\xff", "failed"),
        ):  # fmt: skip
            with self.subTest(sqlstate):
                self.assertEqual(self.ask(failure(sqlstate) + READY), [error(outcome)])

    def test_what_is_no_answer(self):
        for answer in (
            READY, DONE, 9 * READY, 3 * (PARSED + DONE),
            message(b"H", b"\0\0\0"), message(b"G", b"\0\0\0"), message(b"W", b"\0\0\0"),
            message(b"?"), b"T\0\0\0\0", b"D\xff\xff\xff\xff", row(SOON), PARSED,
            failure(b"57P01"), failure(b"08P01"), message(b"E"), message(b"A", b"x"), b"\0" * 50,
        ):  # fmt: skip
            with self.subTest(answer):
                self.assertEqual(self.ask(answer, timeout_ms=150), [error("unreachable")])

    def test_more_answers_than_questions(self):
        self.stranger.answer = PARSED + 9 * DONE
        questions = ("touch-session", "t", "+", "touch-session", "t", "+", "touch-session", "t")
        self.assertEqual(self.worker.run(*questions, timeout_ms=300), [error("unreachable")])

    def test_random_answers(self):
        parts = [PARSED, DONE, READY, columns(TIMESTAMP), row(SOON), failure(b"RS001"),
                 message(b"n"), message(b"t", b"\0\0"), message(b"I"), message(b"s")]  # fmt: skip
        # libpq 15 itself loses a result when such a server sends another in the middle of it.
        self.assertEqual(self.worker.finish(), 0)
        asan_options = os.environ.get("ASAN_OPTIONS", "")
        self.worker = self.start(ASAN_OPTIONS=f"{asan_options}:detect_leaks=0")

        source = random.Random(5)
        for _ in range(N_RANDOM):
            answer = b"".join(source.choices(parts, k=source.randrange(1, 7)))
            if source.random() < 0.5:
                at = source.randrange(len(answer))
                answer = answer[:at] + source.randbytes(source.randrange(4)) + answer[at + 1 :]
            outcome = self.ask(answer, timeout_ms=100)
            self.assertEqual(len(outcome), 1, answer)

    def test_greetings(self):
        source = random.Random(6)
        for greeting in (
            b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", message(b"R", b""), message(b"R", b"\0\0\0\x63"),
            message(b"R", b"\0\0\0\x0aSCRAM-SHA-256\0\0"), message(b"E"), source.randbytes(500),
        ):  # fmt: skip
            with self.subTest(greeting):
                self.stranger.greeting = greeting
                self.assertEqual(self.ask(b"", timeout_ms=150), [error("unreachable")])

    def test_an_old_server(self):
        self.stranger.greeting = GREETING.replace(b"16.4", b"9.64")
        self.assertEqual(self.ask(b""), [error("newer-version")])


if __name__ == "__main__":
    tap.main()
