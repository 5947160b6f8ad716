# SPDX-License-Identifier: GPL-3.0-or-later
"""A network in between, on loopback: it can be slow, break at any byte, swallow everything, and it
counts round trips."""

import contextlib
import queue
import socket
import threading
import time

CHUNK = 65536


class _Way:
    """One direction of a connection."""

    def __init__(self, link, source, target, is_up):
        self.link = link
        self.source = source
        self.target = target
        self.is_up = is_up
        self.under_way = queue.SimpleQueue()
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True).start()

    def _read(self):
        with contextlib.suppress(OSError):
            while data := self.source.recv(CHUNK):
                self.under_way.put((time.monotonic() + self.link.proxy.delay_s, data))
        self.under_way.put((time.monotonic() + self.link.proxy.delay_s, b""))

    def _write(self):
        while True:
            due, data = self.under_way.get()
            time.sleep(max(0, due - time.monotonic()))
            data, is_over = self.link.proxy.let_pass(self, data)
            with contextlib.suppress(OSError):
                self.target.sendall(data)
            if is_over:
                self.link.close()
                return


class _Link:
    def __init__(self, proxy, client, server):
        self.proxy = proxy
        self.sockets = (client, server)
        self.last_was_up = False
        _Way(self, client, server, True)
        _Way(self, server, client, False)

    def close(self):
        for end in self.sockets:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Proxy:
    """Listens on a port of its own for a server's port."""

    def __init__(self, port):
        self.target = port
        self.delay_s = 0
        self.swallows = False
        self.n_swallowed = 0
        self.n_round_trips = 0
        self.n_links = 0
        self.n_bytes = {True: 0, False: 0}
        self._cut = None
        self._links = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                try:
                    server = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    client.close()
                    continue
                server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.n_links += 1
                self._links.append(_Link(self, client, server))

    def cut_after(self, n_bytes, is_up):
        """Breaks the connection once so many more bytes have passed in a direction."""
        with self._lock:
            self._cut = [n_bytes, is_up]

    def let_pass(self, way, data):
        """What of the data goes on, and whether the connection ends with it."""
        with self._lock:
            if self.swallows:
                self.n_swallowed += len(data)
                return b"", False
            if not data:
                return b"", True
            if way.is_up and not way.link.last_was_up:
                self.n_round_trips += 1
            way.link.last_was_up = way.is_up
            is_over = False
            if self._cut and self._cut[1] == way.is_up:
                data = data[: self._cut[0]]
                self._cut[0] -= len(data)
                if self._cut[0] == 0:
                    self._cut = None
                    is_over = True
            self.n_bytes[way.is_up] += len(data)
            return data, is_over

    def break_all(self):
        for link in self._links:
            link.close()
        self._links.clear()

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.break_all()
