#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three clients write while everything that can break does, at random: no write that was acknowledged
is lost, none is done twice, and all replicas are what the database is at the end. Argument: how many
operations. ROSTER_SEED repeats a run."""

import contextlib
import hashlib
import os
import random
import sqlite3
import sys

import cluster
import directory
import proxy
import tap
from teaming import TeamCase

N_OPERATIONS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 5000


class Client:
    """A member, their network, and what of what they wrote there can be in the database."""

    def __init__(self, case, role, number, port):
        self.case = case
        self.role = role
        self.name = f"client{number}"
        self.email = f"{self.name}@example.com"
        self.proxy = proxy.Proxy(port)
        # By id, the names that somebody may have; None for being gone.
        self.people = {}
        self.n_done = 0
        self.n_unknown = 0

    def start(self):
        url = self.case.url(self.role, self.proxy.port)
        self.team = self.case.team(pooled=url, role=self.role, folder=self.name)

    def kill(self):
        self.team.kill()
        self.start()

    def settle(self):
        self.team.wait(lambda: self.team.n_people >= 0 and self.team.edit_reason == "",
                       "it does not come back")  # fmt: skip

    def run(self, wanted, person, *words):
        """What is said to be done is; else it may be."""
        before = self.people.get(person, {None})
        outcome = self.team.run(*words)
        self.case.assertNotIn(outcome, ("nobody",), words)
        if outcome == "ok":
            self.people[person] = {wanted}
            self.n_done += 1
        elif outcome.startswith("error RosterError 5"):
            self.settle()
        elif outcome.startswith("error"):
            self.case.assertIn(outcome, ("error RosterError 10", "error RosterError 3"), words)
            self.people[person] = before | {wanted}
            self.n_unknown += 1
        else:
            self.case.assertIn(outcome, before)
            self.people[person] = {outcome}

    def act(self, random_):
        sure = [person for person, names in self.people.items() if len(names) == 1 and None not in names]
        kind = random_.choice(("add", "rename", "rename", "delete")) if len(sure) > 5 else "add"
        person = random_.choice(sure) if kind != "add" else directory.new_id()
        name = f"Person {random_.getrandbits(32)}"
        if kind == "add":
            self.run(name, person, "add", person, name)
        elif kind == "rename":
            self.run(name, person, "rename", person, next(iter(self.people[person])), name)
        else:
            self.run(None, person, "delete", person)


class Chaos(TeamCase):
    def disturb(self, clients, random_):
        client = random_.choice(clients)
        kind = random_.choices(("cut", "break", "kill", "server"), (60, 20, 5, 2))[0]
        if kind == "cut":
            client.proxy.cut_after(random_.randrange(1, 3000), random_.random() < 0.5)
        elif kind == "break":
            client.proxy.break_all()
        elif kind == "kill":
            client.kill()
        elif random_.random() < 0.5:
            self.server.crash()
        else:
            self.server.stop()
            self.server.boot()

    def digest(self, client):
        digest = hashlib.sha256()
        path = self.bus.folder / client.name / "people.roster"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            for row in connection.execute(
                "SELECT id, name, email, phone, created_at, updated_at FROM people ORDER BY id"
            ):
                digest.update(hashlib.sha256("\x1f".join(map(str, row)).encode()).digest())
        return digest.hexdigest()

    def test_nothing_is_lost_or_doubled(self):
        seed = os.environ.get("ROSTER_SEED") or str(random.getrandbits(32))
        print(f"# seed {seed}", flush=True)
        random_ = random.Random(seed)
        clients = []
        for number in range(3):
            role = self.make_member(f"client{number}@example.com")
            client = Client(self, role, number, self.server.port)
            self.addCleanup(client.proxy.close)
            client.start()
            self.assertEqual(client.team.run("sign-in", client.name, client.email), "ok")
            clients.append(client)
        for _ in range(N_OPERATIONS):
            client = random_.choice(clients)
            client.settle()
            client.act(random_)
            if random_.random() < 0.05:
                self.disturb(clients, random_)
        for client in clients:
            client.team.run("refresh")
            client.settle()
            self.assertEqual(client.team.finish(), 0)
            client.start()
            client.team.wait_for_state("live")
            self.assertEqual(client.team.finish(), 0)
        owner = self.connect(cluster.OWNER)
        there = dict(owner.rows("SELECT id, name FROM public.people"))
        for client in clients:
            self.assertGreater(client.n_done, 0)
            for person, names in client.people.items():
                self.assertIn(there.pop(person, None), names)
            self.assertEqual(self.digest(client), owner.value("SELECT roster.digest_people()"))
        self.assertEqual(there, {})
        self.assertEqual(owner.rows("SELECT person_id FROM roster.people_history"
                                    " WHERE operation <> 'update' GROUP BY person_id, operation"
                                    " HAVING count(*) > 1"), [])  # fmt: skip
        print(f"# {sum(client.n_done for client in clients)} acknowledged,"
              f" {sum(client.n_unknown for client in clients)} unknown", flush=True)  # fmt: skip


if __name__ == "__main__":
    tap.main()
