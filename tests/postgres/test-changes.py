#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of the directory that follow it by the changes since a cursor end up the same, whatever
happens at the same time."""

import random

import psycopg2

import directory
import tap

N_INTERLEAVINGS = 1000


class Copy:
    """What a replica does with what the server tells."""

    def __init__(self, session):
        self.session = session
        self.cursor = None
        self.people = {}
        self.n_resyncs = 0

    def read_all(self, meanwhile):
        self.n_resyncs += 1
        ((cursor, file, n_blocks, _),) = self.session.call("begin_sync")
        self.people = {}
        for block in range(n_blocks):
            meanwhile()
            for row in self.session.call("people_page", file, block, 1):
                self.people[row[0]] = row
        meanwhile()
        self.cursor = cursor

    def pull(self, meanwhile=lambda: None):
        """meanwhile: called where others may write between two of its statements."""
        if self.cursor is not None:
            head, *rows = self.session.call("changes_since", self.cursor)
            self.cursor = head[0]
            for _, person, *values, is_gone in rows:
                if is_gone:
                    self.people.pop(person, None)
                else:
                    self.people[person] = (person, *values)
        while self.cursor is None:
            try:
                self.read_all(meanwhile)
            except psycopg2.Error as error:
                # The table was written anew.
                if error.pgcode != "RS006":
                    raise
            else:
                self.pull(meanwhile)


def everybody(session):
    return {row[0]: row for row in session.rows(
        "SELECT id, name, email, phone_number, created_at, updated_at FROM public.people")}  # fmt: skip


class Changes(directory.TeamCase):
    def insert(self, session, person):
        session.rows(
            "INSERT INTO public.people (id, name, email, phone_number, updated_at)"
            " VALUES (%s, %s, %s, '1', now() AT TIME ZONE 'UTC') ON CONFLICT DO NOTHING",
            person, f"n{random.random()}", f"{person}@example.com")  # fmt: skip

    def act(self, random_, writer, ids):
        """One write in a transaction that stays open; gives up where it would have to wait."""
        person = random_.choice(ids)
        what = random_.random()
        if what < 0.4:
            self.insert(writer, person)
        elif what < 0.7:
            writer.rows("UPDATE public.people SET name = %s WHERE id = %s",
                        f"n{random_.random()}", person)  # fmt: skip
        elif what < 0.95:
            writer.rows("DELETE FROM public.people WHERE id = %s", person)
        elif what < 0.97:
            writer.rows("UPDATE public.people SET id = %s WHERE id = %s",
                        random_.choice(ids), person)  # fmt: skip
        elif what < 0.985:
            writer.rows("TRUNCATE public.people")
        else:
            writer.rows("SAVEPOINT a")
            self.insert(writer, person)
            writer.rows(random_.choice(["ROLLBACK TO a", "RELEASE a"]))

    def step(self, random_, writers, ids):
        writer = random_.choice(writers)
        try:
            if random_.random() < 0.6:
                self.act(random_, writer, ids)
            elif random_.random() < 0.75:
                writer.connection.commit()
            else:
                writer.connection.rollback()
        except psycopg2.Error:
            writer.connection.rollback()

    def test_nothing_is_lost(self):
        random_ = random.Random(4)
        reader = self.member()
        # Few people to a page, so that a first sync has many.
        self.owner.rows("ALTER TABLE public.people SET (fillfactor = 10)")
        writers = [self.connect("owner", autocommit=False) for _ in range(4)]
        for writer in writers:
            writer.rows("SET lock_timeout = '1ms'")
            writer.connection.commit()
        ids = [directory.new_id() for _ in range(12)]
        copy = Copy(reader)
        n_kept = 0
        for number in range(N_INTERLEAVINGS):
            for _ in range(random_.randint(2, 10)):
                self.step(random_, writers, ids)
                if random_.random() < 0.3:
                    if random_.random() < 0.1:
                        copy.cursor = None
                    try:
                        reader.rows("SET lock_timeout = '1ms'")
                        copy.pull(lambda: self.step(random_, writers, ids))
                    except psycopg2.errors.LockNotAvailable:
                        pass
            for writer in random_.sample(writers, len(writers)):
                writer.connection.commit() if random_.random() < 0.7 else writer.connection.rollback()
            copy.pull()
            wanted = everybody(self.owner)
            self.assertEqual(copy.people, wanted, f"interleaving {number}")
            n_kept += len(wanted)
        self.assertGreater(n_kept, N_INTERLEAVINGS)
        # The changes were enough nearly every time.
        self.assertLess(copy.n_resyncs, N_INTERLEAVINGS / 2)

    def test_the_late_commit(self):
        reader, early, late = self.member(), self.owner, self.connect("owner", autocommit=False)
        copy = Copy(reader)
        copy.pull()
        self.insert(late, "late")
        self.insert(early, "early")
        copy.pull()
        self.assertEqual(set(copy.people), {"early"})
        late.connection.commit()
        copy.pull()
        self.assertEqual(set(copy.people), {"early", "late"})
        self.assertEqual(copy.n_resyncs, 1)

    def test_a_pull_in_the_transaction_that_writes_on(self):
        reader = self.member()
        reader.connection.autocommit = False
        copy = Copy(reader)
        copy.pull()
        reader.create("A")
        copy.pull()
        reader.create("B")
        reader.connection.commit()
        copy.pull()
        self.assertEqual(sorted(row[1] for row in copy.people.values()), ["A", "B"])

    def test_truncate_reads_anew_and_can_be_undone(self):
        reader = self.member()
        copy = Copy(reader)
        person = reader.create("A")
        copy.pull()
        self.owner.rows("TRUNCATE public.people")
        copy.pull()
        self.assertEqual((copy.people, copy.n_resyncs), ({}, 2))
        copy.pull()
        self.assertEqual(copy.n_resyncs, 2)
        self.assertEqual(len(reader.call("restore_people", directory.new_id(), [person])), 1)
        copy.pull()
        self.assertEqual(set(copy.people), {person})

    def assert_resync(self, reader, cursor):
        rows = reader.call("changes_since", cursor)
        self.assertEqual([(row[0], row[1]) for row in rows], [(None, None)])

    def test_cursors_that_were_never_given(self):
        reader = self.member()
        reader.create("A")
        ((cursor, *_),) = reader.call("begin_sync")
        server, since, xid, key, nonce = cursor.split("/")
        for parts in (
            ("1.1.1", since, xid, key, nonce),
            (server, str(int(since) + 1000), xid, key, nonce),
            (server, "99999999999999999999", xid, key, nonce),
            (server, since, xid, str(int(key) + 1), nonce),
            (server, since, xid, key, "00000000-0000-0000-0000-000000000000"),
            (server, since, xid, key, "-"),
            (server, since, "0", "0", "0"),
            (server, since, xid, key),
            (server, since, xid, key, nonce, "1"),
            (server, "'", xid, key, nonce),
        ):
            with self.subTest("/".join(parts)):
                self.assert_resync(reader, "/".join(parts))
        for text in ("", "x", "\n", cursor + "\n", None):
            with self.subTest(text):
                self.assert_resync(reader, text)

    def test_a_server_that_was_set_back(self):
        """A copy made earlier stands for what a restored server is; the same numbers are used again."""
        reader = self.member()
        reader.create("A")
        ((before, *_),) = reader.call("begin_sync")
        reader.create("B")
        ((after, *_),) = reader.call("begin_sync")
        # As it was before B, and gone on from there.
        self.owner.rows("DELETE FROM roster.people_history WHERE before IS NULL"
                        " AND key = (SELECT max(key) FROM roster.people_history)")  # fmt: skip
        self.owner.rows("ALTER TABLE roster.people_history ALTER key RESTART 2")
        self.assert_resync(reader, after)
        reader.create("C")
        self.assert_resync(reader, after)
        self.assertEqual(len(reader.call("changes_since", before)), 2)

    def test_a_server_that_was_set_back_between_two_changes(self):
        """The last change that the cursor knows is there, but not what used its numbers first."""
        reader = self.member()
        reader.create("A")
        for _ in range(5):
            self.owner.rows("SELECT pg_current_xact_id()")
        ((cursor, *_),) = reader.call("begin_sync")
        self.assertEqual(len(reader.call("changes_since", cursor)), 1)
        # B, as it was added after the server was set back, and before it had come as far again.
        reader.create("B")
        self.owner.rows("UPDATE roster.people_history SET xid = (%s::bigint - 2)::text::xid8"
                        " WHERE key = (SELECT max(key) FROM roster.people_history)",
                        cursor.split("/")[1])  # fmt: skip
        self.assert_resync(reader, cursor)

    def test_dumped_and_restored(self):
        """In another database the same rows are not the same place."""
        reader = self.member()
        reader.create("A")
        ((cursor, *_),) = reader.call("begin_sync")
        email, role = "member@example.com", reader.value("SELECT current_user::text")
        reader.connection.close()
        self.owner.connection.close()
        self.server.make_database(f"{self.database}_b", template=self.database)
        self.database += "_b"
        other = self.connect(role)
        other.sign_in(f"subject of {email}", email)
        self.assert_resync(other, cursor)

    def test_history_past_its_time(self):
        reader = self.member()
        copy = Copy(reader)
        reader.create("A")
        copy.pull()
        ((old, *_),) = reader.call("begin_sync")
        reader.create("B")
        self.assertEqual(self.owner.rows("SELECT * FROM roster.prune()"), [(0, 0, 0)])
        copy.pull()
        self.owner.rows("UPDATE roster.people_history SET at = at - interval '366 days'"
                        " WHERE key = (SELECT min(key) FROM roster.people_history)")  # fmt: skip
        self.assertEqual(self.owner.rows("SELECT * FROM roster.prune()"), [(0, 0, 1)])
        self.assert_resync(reader, old)
        copy.pull()
        self.assertEqual(copy.n_resyncs, 1)
        self.owner.rows("UPDATE roster.people_history SET at = at - interval '366 days'")
        self.owner.rows("SELECT * FROM roster.prune()")
        copy.pull()
        self.assertEqual(copy.people, everybody(self.owner))

    def test_the_numbers_of_another_server(self):
        """What was dumped there can be numbered as what is still to come here."""
        reader = self.member()
        reader.create("A")
        self.owner.rows("UPDATE roster.people_history SET xid = (xid::text::bigint + 1000000000)::text::xid8")
        self.owner.rows("UPDATE roster.settings SET pruned_before = '1000000000'")
        copy = Copy(reader)
        copy.pull()
        reader.create("B")
        copy.pull()
        copy.pull()
        self.assertEqual((copy.people, copy.n_resyncs), (everybody(self.owner), 1))
        self.owner.rows("UPDATE roster.people_history SET at = at - interval '366 days'"
                        " WHERE xid >= '1000000000'")  # fmt: skip
        self.assertEqual(self.owner.rows("SELECT * FROM roster.prune()"), [(0, 0, 1)])
        reader.create("C")
        copy.pull()
        self.assertEqual(copy.people, everybody(self.owner))
        n_resyncs = copy.n_resyncs
        reader.create("D")
        copy.pull()
        self.assertEqual((copy.people, copy.n_resyncs), (everybody(self.owner), n_resyncs))

    def test_a_transaction_that_does_not_end(self):
        """It keeps the cursor back; what is sent again is the same, and nothing is lost."""
        reader = self.member()
        slow = self.connect("owner", autocommit=False)
        self.insert(slow, directory.new_id())
        copy = Copy(reader)
        for number in range(20):
            reader.create(f"N{number}")
            copy.pull()
            self.assertEqual(copy.people, everybody(self.owner))
        slow.connection.commit()
        copy.pull()
        self.assertEqual((len(copy.people), copy.n_resyncs), (21, 1))

    def test_pages_of_a_table_that_is_written_anew(self):
        reader = self.member()
        reader.create("A")
        ((_, file, n_blocks, _),) = reader.call("begin_sync")
        self.owner.rows("VACUUM FULL public.people")
        self.assert_refused("RS006", reader.call, "people_page", file, 0, n_blocks)
        for first, n in ((-1, 1), (0, 0), (None, 1), (0, None), (4294967295, 1), (0, 1 << 40)):
            ((_, file, _, _),) = reader.call("begin_sync")
            self.assert_refused("RS005", reader.call, "people_page", file, first, n)


if __name__ == "__main__":
    tap.main()
