#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sync beside a real server: whatever stops it or happens meanwhile, the replica becomes what the
server has."""

import random
import threading

import cluster
import directory
import syncing
import tap
from driver import CANCELLED, error


class Sync(syncing.SyncCase):
    def test_first_and_then_what_changed(self):
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        self.assertEqual(self.assert_same(), 0)
        self.fill(3)
        self.assertEqual(sync.pull(), "ok")
        ünal = self.me.create("Ünal O'Brien 🦀")
        self.owner.rows("DELETE FROM public.people WHERE name = 'Person 2'")
        self.owner.rows("UPDATE public.people SET name = '' WHERE name = 'Person 3'")
        self.assertEqual(sync.pull(), "ok")
        self.assertEqual(sync.pull(), "ok")
        self.assertEqual(self.assert_same(), 3)
        self.assertIn(ünal, [row[0] for row in self.replica_rows()])
        self.assertEqual(sync.changed, [(3, 0), (2, 1)])
        self.assertEqual(sync.states, ["reading", "idle"] + ["pulling", "idle"] * 3)

    def test_killed_at_every_page(self):
        self.fill(100_000)
        seen = []
        while True:
            sync = self.sync()
            tag = sync.begin_pull()
            sync.wait(lambda: tag in sync.outcomes or len(set(sync.progress)) > len(seen[-1:]))
            if tag in sync.outcomes:
                break
            seen.append(max(sync.progress))
            sync.kill()
        self.assertEqual(sync.outcomes[tag], ["ok"])
        self.assertEqual(seen, sorted(set(seen)))
        self.assertGreaterEqual(len(seen), 8)
        self.assertEqual(self.assert_same(), 100_000)

    def test_written_to_while_everybody_is_read(self):
        self.fill(100_000)
        stop = threading.Event()
        writers = [threading.Thread(target=self.write, args=(stop, seed)) for seed in range(3)]
        for writer in writers:
            writer.start()
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        stop.set()
        for writer in writers:
            writer.join(cluster.DEADLINE_S)
        self.assertEqual(sync.pull(), "ok")
        self.assert_same()
        self.assertEqual(sync.check(), "equal")

    def write(self, stop, seed):
        """As others do, some of it long before it is committed."""
        chance = random.Random(seed)
        early = self.server.connect(user=cluster.OWNER, dbname=self.database, autocommit=False)
        late = self.server.connect(user=cluster.OWNER, dbname=self.database, autocommit=False)
        while not stop.is_set():
            for connection in (early, late):
                session = directory.Session(connection)
                # Each seed has people of its own: nobody waits for another's commit.
                number = chance.randrange(100_000) // 6 * 6 + 2 * seed + (connection is late)
                person = f"c{number:024d}"
                if chance.random() < 0.3:
                    session.rows("DELETE FROM public.people WHERE id = %s", person)
                else:
                    session.rows(
                        "INSERT INTO public.people VALUES (%s, 'New', %s, '1', now(), now())"
                        " ON CONFLICT (id) DO UPDATE SET name = people.name || 'x'",
                        person, f"{person}@example.com",
                    )  # fmt: skip
            early.commit()
            if chance.random() < 0.2:
                late.commit()
        late.commit()
        early.close()
        late.close()

    def begin_and_kill(self):
        """Leaves the replica with some pages."""
        sync = self.sync()
        sync.begin_pull()
        sync.wait(lambda: any(0 < progress < 1 for progress in sync.progress))
        sync.kill()

    def test_table_written_anew_between_pages(self):
        self.fill(60_000)
        self.begin_and_kill()
        self.owner.rows("DELETE FROM public.people WHERE id < 'c' || lpad('5000', 24, '0')")
        self.owner.rows("VACUUM FULL public.people")
        self.assertEqual(self.sync().pull(), "ok")
        self.assertEqual(self.assert_same(), 55_001)

    def test_truncated(self):
        self.fill(60_000)
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        self.owner.rows("TRUNCATE public.people")
        self.fill(10, first=20)
        self.assertEqual(sync.pull(), "ok")
        self.assertEqual(self.assert_same(), 10)
        # Who is gone goes at the end, all at once.
        self.assertEqual(sync.changed[-1], (0, 59_990))

    def test_truncated_between_pages(self):
        self.fill(60_000)
        self.begin_and_kill()
        self.owner.rows("TRUNCATE public.people")
        self.assertEqual(self.sync().pull(), "ok")
        self.assertEqual(self.assert_same(), 0)

    def test_another_server_with_the_same_people(self):
        self.fill(60_000)
        self.begin_and_kill()
        before = self.database
        for session in (self.me, self.owner):
            session.connection.close()
        self.database = self.server.make_database(f"{before}_restored", template=before)
        self.owner = self.connect(cluster.OWNER)
        self.fill(1, first=70_000)
        self.assertEqual(self.sync().pull(), "ok")
        self.assertEqual(self.assert_same(), 60_001)

        # And set back in time, when everybody was there already.
        self.owner.rows("DELETE FROM roster.people_history")
        self.owner.rows("ALTER TABLE public.people DISABLE TRIGGER USER")
        self.owner.rows("DELETE FROM public.people WHERE id < 'c' || lpad('100', 24, '0')")
        self.assertEqual(self.sync().pull(), "ok")
        self.assertEqual(self.assert_same(), 59_902)

    def test_replica_that_is_another(self):
        self.fill(1000)
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        self.assertEqual(sync.check(), "equal")
        self.assertEqual(sync.finish(), 0)
        for text in (
            "UPDATE people SET phone = phone || '1' WHERE slot = 7",
            "DELETE FROM people WHERE slot = 8",
            "UPDATE people SET id = 'c' || id WHERE slot = 9",
            "UPDATE people SET updated_at = updated_at + 1 WHERE slot = 10",
        ):
            self.edit_replica(text)
            sync = self.sync()
            self.assertEqual(sync.pull(), "ok")
            self.assertEqual(sync.check(), "different", text)
            self.assertEqual(sync.finish(), 0)
            self.edit_replica("UPDATE meta SET n_people = (SELECT count(*) FROM people)")
            self.assertEqual(self.assert_same(), 1000)
            sync = self.sync()
            self.assertEqual(sync.check(), "equal")
            self.assertEqual(sync.finish(), 0)

    def test_connection_lost_at_every_page(self):
        self.fill(60_000)
        sync = self.sync()
        tag = sync.begin_pull()
        while tag not in sync.outcomes:
            n = len(sync.progress)
            sync.wait(lambda: tag in sync.outcomes or len(sync.progress) > n)
            self.as_superuser(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s"
                " AND query LIKE '%%people_page%%'",
                self.role,
            )
        self.assertEqual(sync.outcomes[tag], ["ok"])
        self.assertEqual(self.assert_same(), 60_000)

    def test_errors_are_told(self):
        self.fill(10)
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        sync.say("token", "no token")
        self.assertEqual(sync.pull(), error("not-signed-in"))
        self.assertEqual(sync.states[-1], "failed")
        sync.say("token")
        self.assertEqual(sync.pull(), error("not-signed-in"))
        sync.say("token", self.me.token)
        self.owner.rows("UPDATE public.people SET created_at = 'infinity' WHERE name = 'Person 2'")
        self.owner.rows("DELETE FROM public.people WHERE name = 'Person 3'")
        self.assertEqual(sync.pull(), error("corrupt"))
        self.assertEqual(len(self.replica_rows()), 10)
        self.owner.rows("UPDATE public.people SET created_at = updated_at WHERE name = 'Person 2'")
        self.assertEqual(sync.pull(), "ok")
        self.assertEqual(sync.states[-1], "idle")
        self.assertEqual(self.assert_same(), 9)
        self.owner.rows("DROP FUNCTION roster.changes_since")
        self.assertEqual(sync.pull(), error("newer-version"))

    def test_what_is_asked_for_meanwhile_is_one_more(self):
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        with self.lock_people("ACCESS EXCLUSIVE"):
            tags = [sync.begin_pull("background")]
            sync.wait(lambda: sync.states[-1] == "pulling")
            tags += [sync.begin_pull(urgency) for urgency in ("background", "person") * 3]
        for tag in tags:
            self.assertEqual(sync.outcome(tag), ["ok"])
        self.assertEqual(sync.states, ["reading", "idle"] + ["pulling", "idle"] * 2)

    def test_cancelling_ends_the_waiting(self):
        sync = self.sync()
        self.assertEqual(sync.pull(), "ok")
        self.fill(5)
        with self.lock_people("ACCESS EXCLUSIVE"):
            tag = sync.begin_pull()
            sync.wait(lambda: sync.states[-1] == "pulling")
            next_tag = sync.begin_pull()
            for each in (next_tag, tag):
                sync.say("cancel", each)
                self.assertEqual(sync.outcome(each), [CANCELLED])
        sync.wait(lambda: sync.states[-1] == "idle")
        self.assertEqual(self.assert_same(), 5)

    def test_closed_meanwhile(self):
        self.fill(60_000)
        sync = self.sync()
        tags = [sync.begin_pull(), sync.begin_pull()]
        sync.wait(lambda: len(sync.progress) > 1)
        sync.say("close")
        tags.append(sync.begin_pull())
        for tag in tags:
            self.assertEqual(sync.outcome(tag), [error("closed")])
        self.assertEqual(sync.finish(), 0)
        self.assertEqual(self.sync().pull(), "ok")
        self.assertEqual(self.assert_same(), 60_000)

    def test_hint(self):
        sync = self.sync(self.url(), self.url())
        self.assertEqual(sync.pull(), "ok")
        # The first ones may come before it listens.
        while not sync.changed:
            n = sync.n_people_changed
            self.me.create("Jane Smith")
            sync.wait(lambda: sync.n_people_changed > n or sync.states[-1] == "idle")
            self.assertEqual(sync.pull(), "ok")
        n = len(sync.changed)
        self.me.create("John Doe")
        sync.wait(lambda: len(sync.changed) > n)

    def test_two_hundred_rounds(self):
        chance = random.Random(5)
        self.fill(20_000)
        open_one = self.connect(cluster.OWNER, autocommit=False)
        sync = self.sync()
        for round_ in range(200):
            for _ in range(chance.randrange(4)):
                self.change_somebody(chance, self.owner)
            if chance.random() < 0.3:
                self.change_somebody(chance, open_one, first=50_000)
            if chance.random() < 0.2:
                open_one.connection.commit()
            if chance.random() < 0.03:
                open_one.connection.commit()
                self.owner.rows(chance.choice(["TRUNCATE public.people", "VACUUM FULL public.people"]))
                self.fill(20_000, first=100_000 * (round_ + 1))
            tag = sync.begin_pull()
            if chance.random() < 0.1:
                sync.kill()
                sync = self.sync()
            else:
                self.assertEqual(sync.outcome(tag), ["ok"])
            if round_ % 20 == 19:
                self.assertEqual(sync.pull(), "ok")
                self.assert_same()
        open_one.connection.commit()
        self.assertEqual(sync.pull(), "ok")
        self.assert_same()
        self.assertEqual(sync.check(), "equal")

    def change_somebody(self, chance, session, first=1):
        person = f"c{first + chance.randrange(20_000):024d}"
        kind = chance.randrange(3)
        if kind == 0:
            session.rows("DELETE FROM public.people WHERE id = %s", person)
        elif kind == 1:
            session.rows("UPDATE public.people SET phone_number = phone_number || '1' WHERE id = %s",
                         person)  # fmt: skip
        else:
            session.rows("INSERT INTO public.people VALUES (%s, 'New', %s, '1', now(), now())"
                         " ON CONFLICT DO NOTHING", person, f"{person}@example.com")  # fmt: skip


if __name__ == "__main__":
    tap.main()
