#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker beside a real server: what it says, when it connects, what it gives up and what not."""

import cluster
import directory
import driver
import tap
from driver import CANCELLED, error
from proxy import Proxy


class Worker(driver.WorkerCase):
    def test_answers(self):
        worker = self.start(self.url())
        words = self.create("Ünal O'Brien 🦀; DROP TABLE people; --")
        self.assertEqual(worker.run(*words), [f"ok 1 {words[4]}"])
        self.assertEqual(worker.run(*words), [f"ok 1 {words[4]}"])
        self.assertEqual(self.n_changes(words[3]), 1)
        self.assertEqual(worker.states, ["connecting", "ready"])

    def test_each_call_is_a_transaction(self):
        worker = self.start(self.url())
        cursor = worker.run("begin-sync", self.me.token)[0].split()[1]
        first = self.create()
        wrong = self.create(person="no id")
        self.assertEqual(
            worker.run(*wrong, "+", *first, "+", "changes-since", self.me.token, cursor),
            [error("invalid"), "ok 1 Jane Smith", "ok 2 "],
        )

    def test_errors_of_the_server(self):
        worker = self.start(self.url())
        self.assertEqual(worker.run("touch-session", "no token"), [error("not-signed-in")])
        self.assertEqual(
            worker.run("update-person", self.me.token, directory.new_id(), "nobody", "a", "b"),
            [error("not-found")],
        )
        self.owner.rows("DROP FUNCTION roster.touch_session")
        self.assertEqual(worker.run("touch-session", self.me.token), [error("newer-version")])

    def test_wrong_password(self):
        worker = self.start(self.url().replace("horse", "cow"))
        self.assertEqual(worker.run("touch-session", "t"), [error("not-a-member")])
        worker.wait(lambda: worker.states[-1].startswith("offline The team's database"))

    def test_nobody_there(self):
        worker = self.start(self.url(cluster.free_port()))
        self.assertEqual(worker.run("touch-session", "t", timeout_ms=800), [error("unreachable")])
        worker.wait(lambda: worker.states[-1].startswith("offline The team's database"))

    def test_a_host_by_name(self):
        worker = self.start(self.url().replace("127.0.0.1", "localhost"))
        self.assertEqual(worker.run("touch-session", self.me.token), ["ok 1 "])

    def test_no_such_host(self):
        url = self.url().replace("127.0.0.1", "nobody.invalid")
        worker = self.start(url)
        self.assertEqual(worker.run("touch-session", "t", timeout_ms=800), [error("unreachable")])

    def test_closing_completes_everything(self):
        worker = self.start(self.url())
        worker.run("touch-session", self.me.token)
        with self.lock_people():
            tags = [worker.begin(*self.create()) for _ in range(5)]
            tags.append(worker.begin(*self.create(), urgency="background"))
            worker.say("close")
            for tag in tags:
                self.assertEqual(worker.outcome(tag), [error("closed")])
        self.assertEqual(worker.run("touch-session", self.me.token), [error("closed")])
        self.assertEqual(worker.finish(), 0)

    def test_cancelling_reaches_the_server(self):
        self.assert_cancelled_on_server(self.start(self.url()))

    def test_cancelled_before_it_is_sent(self):
        proxy = Proxy(self.server.port)
        self.addCleanup(proxy.close)
        proxy.swallows = True
        worker = self.start(self.url(proxy.port))
        first = worker.begin(*self.create())
        words = self.create()
        second = worker.begin(*words)
        worker.say("cancel", second)
        self.assertEqual(worker.outcome(second), [CANCELLED])
        proxy.swallows = False
        proxy.break_all()
        self.assertEqual(worker.outcome(first), ["ok 1 Jane Smith"])
        self.assertEqual(self.n_changes(words[3]), 0)

    def test_too_late(self):
        worker = self.start(self.url())
        with self.lock_people():
            words = self.create()
            self.assertEqual(worker.run(*words, timeout_ms=300), [error("unreachable")])
            self.assertEqual(worker.run("touch-session", self.me.token), ["ok 1 "])
            cluster.wait_for(lambda: self.n_waiting() == 0, "it still waits")
        self.assertEqual(self.n_changes(words[3]), 0)

    def test_people_do_not_wait_for_the_background(self):
        worker = self.start(self.url())
        with self.lock_people():
            slow = worker.begin(*self.create(), urgency="background")
            cluster.wait_for(lambda: self.n_waiting() == 1, "it does not wait")
            self.assertEqual(worker.run("touch-session", self.me.token), ["ok 1 "])
            self.assertNotIn(slow, worker.outcomes)
        self.assertEqual(worker.outcome(slow), ["ok 1 Jane Smith"])


class Between(driver.WorkerCase):
    """A network between the worker and the server, and a connection over it."""

    def setUp(self):
        super().setUp()
        self.proxy = Proxy(self.server.port)
        self.addCleanup(self.proxy.close)
        self.worker = self.start(self.url(self.proxy.port))
        self.worker.run("touch-session", self.me.token)


class Losses(Between):
    """The connection goes, and nobody notices."""

    def end_backends(self):
        self.as_superuser(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = %s AND application_name = 'roster'", self.role
        )  # fmt: skip

    def test_an_idle_connection(self):
        for end in (self.end_backends, self.proxy.break_all):
            end()
            self.worker.wait(lambda: self.worker.states[-1] == "asleep")
            self.assertEqual(self.worker.run(*self.create()), ["ok 1 Jane Smith"])
            self.worker.wait(lambda: self.worker.states[-1] == "ready")

    def test_while_it_is_asked(self):
        other = self.connect(cluster.OWNER, autocommit=False)
        other.rows("LOCK TABLE public.people IN EXCLUSIVE MODE")
        words = self.create()
        tag = self.worker.begin(*words)
        before = self.proxy.n_links
        self.end_backends()
        cluster.wait_for(lambda: self.proxy.n_links > before, "it does not connect again")
        other.connection.rollback()
        self.assertEqual(self.worker.outcome(tag), ["ok 1 Jane Smith"])
        self.assertEqual(self.n_changes(words[3]), 1)

    def test_a_network_that_swallows_everything(self):
        self.proxy.swallows = True
        self.assertEqual(
            self.worker.run("touch-session", self.me.token, timeout_ms=500), [error("unreachable")]
        )
        self.worker.wait(lambda: self.worker.states[-1].startswith("offline "))
        self.proxy.swallows = False
        self.proxy.break_all()
        self.assertEqual(self.worker.run("touch-session", self.me.token), ["ok 1 "])
        self.worker.wait(lambda: self.worker.states[-1] == "ready")

    def test_another_network(self):
        before = self.proxy.n_links
        self.worker.say("network-changed")
        self.worker.wait(lambda: self.worker.states[-1] == "asleep")
        self.assertEqual(self.worker.run("touch-session", self.me.token), ["ok 1 "])
        self.assertEqual(self.proxy.n_links, before + 1)

    def test_another_network_while_it_is_asked(self):
        self.proxy.swallows = True
        words = self.create()
        tag = self.worker.begin(*words)
        cluster.wait_for(lambda: self.proxy.n_swallowed > 0, "it does not ask")
        self.proxy.swallows = False
        self.worker.say("network-changed")
        self.assertEqual(self.worker.outcome(tag), ["ok 1 Jane Smith"])
        self.assertEqual(self.n_changes(words[3]), 1)

    def test_the_server_is_started_anew(self):
        self.server.stop()
        words = self.create()
        tag = self.worker.begin(*words)
        self.server.boot()
        self.assertEqual(self.worker.outcome(tag), ["ok 1 Jane Smith"])
        self.owner = self.connect(cluster.OWNER)
        self.assertEqual(self.n_changes(words[3]), 1)

    def test_waking_up(self):
        """Somebody answers, but does not serve yet."""
        self.proxy.break_all()
        self.proxy.swallows = True
        tag = self.worker.begin("touch-session", self.me.token)
        self.worker.wait(lambda: self.worker.states[-1] == "waking")
        self.proxy.swallows = False
        self.proxy.break_all()
        self.assertEqual(self.worker.outcome(tag), ["ok 1 "])
        self.assertEqual(self.worker.states[-1], "ready")


class Cuts(Between):
    """The connection breaks at every single byte of what is asked and of what is answered."""

    def measure(self, is_up):
        before = self.proxy.n_bytes[is_up]
        self.assertEqual(self.worker.run(*self.create()), ["ok 1 Jane Smith"])
        return self.proxy.n_bytes[is_up] - before

    def cut_everywhere(self, is_up):
        n_bytes = self.measure(is_up)
        self.assertGreater(n_bytes, 100)
        for n in range(n_bytes):
            words = self.create()
            links = self.proxy.n_links
            self.proxy.cut_after(n, is_up)
            self.assertEqual(self.worker.run(*words), ["ok 1 Jane Smith"], n)
            self.assertEqual(self.n_changes(words[3]), 1, n)
            self.assertEqual(self.proxy.n_links, links + 1, n)

    def test_the_question(self):
        self.cut_everywhere(is_up=True)

    def test_the_answer(self):
        self.cut_everywhere(is_up=False)


if __name__ == "__main__":
    tap.main()
