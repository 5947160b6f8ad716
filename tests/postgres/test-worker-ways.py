#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker's ways to the server: through a pooler, with certificates, and the direct one over which
it listens. Round trips are counted, not timed."""

import pathlib
import tempfile

import certificates
import cluster
import directory
import driver
import tap
from driver import error
from proxy import Proxy

HOST = "database.example"


class RoundTrips(driver.WorkerCase):
    """One for whatever a person does, once there is a connection."""

    def assert_one_each(self, port):
        proxy = Proxy(port)
        self.addCleanup(proxy.close)
        # libpq 15 sends each call of a pipeline by itself: near, an answer could come between them.
        proxy.delay_s = 0.02
        worker = self.start(self.url(proxy.port))
        cursor = worker.run("begin-sync", self.me.token)[0].split()[1]
        words = self.create()
        pull = ("+", "changes-since", self.me.token, cursor)
        batch = directory.new_id()
        for operation in (
            (*words, *pull),
            ("update-person", self.me.token, batch, words[3], words[4], "J. Smith", *pull),
            ("person-history", self.me.token, words[3]),
            ("delete-people", self.me.token, directory.new_id(), words[3]),
            ("touch-session", self.me.token),
            ("create-person", "no token", *words[2:], *pull),
        ):
            with self.subTest(operation[0]):
                before = proxy.n_round_trips
                outcome = worker.run(*operation)
                self.assertEqual(proxy.n_round_trips - before, 1, outcome)

    def test_none_waits_for_another(self):
        """What is asked while another answer is under way is asked at once."""
        proxy = Proxy(self.server.port)
        self.addCleanup(proxy.close)
        worker = self.start(self.url(proxy.port))
        worker.run("touch-session", self.me.token)
        with self.lock_people():
            before = proxy.n_bytes[True]
            tags = [worker.begin(*self.create())]
            cluster.wait_for(lambda: proxy.n_bytes[True] > before, "it does not ask")
            before = proxy.n_bytes[True]
            tags += [worker.begin("touch-session", self.me.token) for _ in range(3)]
            cluster.wait_for(lambda: proxy.n_bytes[True] > before, "it waits")
            self.assertEqual(worker.outcomes.keys() & tags, set())
        self.assertEqual([worker.outcome(tag)[0][:4] for tag in tags], ["ok 1"] * 4)

    def test_directly(self):
        self.assert_one_each(self.server.port)

    def test_through_a_pooler(self):
        passwords = {self.role: cluster.PASSWORD}
        with cluster.running(cluster.Bouncer, self.server, passwords) as bouncer:
            self.assert_one_each(bouncer.port)


class Pooled(driver.WorkerCase):
    def setUp(self):
        super().setUp()
        self.bouncer = self.enterContext(
            cluster.running(cluster.Bouncer, self.server, {self.role: cluster.PASSWORD})
        )
        self.worker = self.start(self.url(self.bouncer.port))

    def test_many_at_once(self):
        """Each a transaction, and each perhaps on another server's connection."""
        cursor = self.worker.run("begin-sync", self.me.token)[0].split()[1]
        others = [self.start(self.url(self.bouncer.port)) for _ in range(7)]
        people = []
        tags = []
        for _ in range(25):
            for worker in (self.worker, *others):
                words = self.create()
                wrong = ("touch-session", "no token")
                people.append(words[3])
                tags.append((worker, worker.begin(*wrong, "+", *words, "+", "changes-since",
                                                  self.me.token, cursor)))  # fmt: skip
        for worker, tag in tags:
            outcome = worker.outcome(tag)
            self.assertEqual(outcome[:2], [error("not-signed-in"), "ok 1 Jane Smith"])
            self.assertTrue(outcome[2].startswith("ok "), outcome)
        self.assertEqual([self.n_changes(person) for person in people], [1] * len(people))

    def test_cancelling_reaches_the_server(self):
        self.worker.run("touch-session", self.me.token)
        self.assert_cancelled_on_server(self.worker)

    def test_the_pooler_is_started_anew(self):
        self.worker.run("touch-session", self.me.token)
        self.bouncer.stop()
        words = self.create()
        tag = self.worker.begin(*words)
        self.bouncer.boot()
        self.assertEqual(self.worker.outcome(tag), ["ok 1 Jane Smith"])
        self.assertEqual(self.n_changes(words[3]), 1)

    def test_the_server_behind_it_is_started_anew(self):
        self.worker.run("touch-session", self.me.token)
        self.server.stop()
        words = self.create()
        tag = self.worker.begin(*words)
        self.server.boot()
        self.assertEqual(self.worker.outcome(tag), ["ok 1 Jane Smith"])
        self.owner = self.connect(cluster.OWNER)
        self.assertEqual(self.n_changes(words[3]), 1)


class Listening(driver.WorkerCase):
    def setUp(self):
        super().setUp()
        self.direct = Proxy(self.server.port)
        self.addCleanup(self.direct.close)
        self.worker = self.start(self.url(), self.url(self.direct.port))
        # It begins once the server is known to be awake, and what happened before is unknown.
        self.assertEqual(self.direct.n_links, 0)
        self.worker.run("touch-session", self.me.token)
        self.worker.wait(lambda: self.worker.n_people_changed == 1)

    def test_others_change_people(self):
        self.me.create("Jane Smith")
        self.worker.wait(lambda: self.worker.n_people_changed == 2)

    def test_a_server_that_sleeps_is_not_woken(self):
        self.direct.break_all()
        self.worker.wait(lambda: self.worker.states[-1] == "asleep")
        self.assertEqual(self.direct.n_links, 1)
        self.worker.run("touch-session", self.me.token)
        self.worker.wait(lambda: self.worker.n_people_changed == 2)
        self.assertEqual(self.direct.n_links, 2)
        self.me.create("Jane Smith")
        self.worker.wait(lambda: self.worker.n_people_changed == 3)


class Certificates(driver.WorkerCase):
    """Beyond this computer the server proves who it is, before it is told anything."""

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.authority = certificates.make_authority(folder, "authority")
        cls.stranger = certificates.make_authority(folder, "stranger")
        cls.pair = certificates.make_server(folder, "authority", HOST)
        super().setUpClass()

    @classmethod
    def make_server(cls, folder, version):
        return cluster.start_with_tls(folder, cls.pair, version)

    def setUp(self):
        super().setUp()
        self.proxy = Proxy(self.server.port)
        self.addCleanup(self.proxy.close)

    def url_of(self, authority, host=HOST):
        url = self.url(self.proxy.port, f"hostaddr=127.0.0.1&sslrootcert={authority}")
        return url.replace("@127.0.0.1", f"@{host}")

    def test_the_right_one(self):
        worker = self.start(self.url_of(self.authority))
        self.assertEqual(worker.run(*self.create()), ["ok 1 Jane Smith"])
        self.assertEqual(
            self.as_superuser(
                "SELECT s.version FROM pg_stat_ssl AS s JOIN pg_stat_activity AS a USING (pid)"
                " WHERE a.usename = %s AND a.application_name = 'roster'", self.role
            ),
            [("TLSv1.3",)],
        )  # fmt: skip

    def test_cancelling_reaches_the_server(self):
        worker = self.start(self.url_of(self.authority))
        worker.run("touch-session", self.me.token)
        self.assert_cancelled_on_server(worker)

    def test_anybody_else(self):
        for authority, host in (
            (self.stranger, HOST), (self.authority, "other.example"), ("/nowhere", HOST),
        ):  # fmt: skip
            for language in ("C.UTF-8", "de_DE.UTF-8"):
                with self.subTest(host=host, language=language):
                    worker = self.start(
                        self.url_of(authority, host),
                        environment={"LC_ALL": "C.UTF-8", "LANGUAGE": language},
                    )
                    self.assertEqual(worker.run("touch-session", "t"), [error("not-allowed")])

    def test_a_break_anywhere_is_no_forgery(self):
        """Connecting is given up only when the server is somebody else."""
        worker = self.start(self.url_of(self.authority))
        worker.run("touch-session", self.me.token)
        for is_up in (False, True):
            before = self.proxy.n_bytes[is_up]
            worker.say("network-changed")
            self.assertEqual(worker.run("touch-session", self.me.token), ["ok 1 "])
            n_bytes = self.proxy.n_bytes[is_up] - before
            self.assertGreater(n_bytes, 500)
            for n in range(0, n_bytes, 29):
                worker.say("network-changed")
                self.proxy.cut_after(n, is_up)
                self.assertEqual(worker.run("touch-session", self.me.token), ["ok 1 "], n)


if __name__ == "__main__":
    tap.main()
