#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What members do to people: once, however often it is asked for; beside each other; and back."""

import threading

import psycopg2

import cluster
import directory
import tap


class People(directory.TeamCase):
    def setUp(self):
        super().setUp()
        self.first = self.member("first@example.com")
        self.second = self.member("second@example.com")

    def update(self, session, person, batch=None, **fields):
        """fields: name=(base, new) and so on. Returns the name, e-mail, phone and conflicts."""
        values = [value for field in ("name", "email", "phone")
                  for value in fields.get(field, (None, None))]  # fmt: skip
        row = session.call("update_person", batch or directory.new_id(), person, *values)[0]
        return row[1], row[2], row[3], row[6]

    def person(self, person):
        return self.owner.rows("SELECT name, email, phone_number, created_at, updated_at"
                               " FROM public.people WHERE id = %s", person)  # fmt: skip

    def test_create_repeated(self):
        person, batch = directory.new_id(), directory.new_id()
        for _ in range(3):
            self.first.create("A", person, batch)
            self.first.create("A", person)
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.people"), 1)
        ((*_, created, updated),) = self.person(person)
        self.assertEqual(created, updated)
        self.second.call("delete_people", directory.new_id(), [person])
        self.assert_refused("RS004", self.first.create, "A", person, batch)

    def test_create_repeated_at_once(self):
        person, batch = directory.new_id(), directory.new_id()
        role = self.first.value("SELECT current_user::text")
        sessions = [directory.Session(self.connect(role).connection, self.first.token) for _ in range(4)]
        threads = [threading.Thread(target=session.create, args=("A", person, batch))
                   for session in sessions]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(cluster.DEADLINE_S)
            self.assertFalse(thread.is_alive())
        self.assertEqual(self.owner.rows("SELECT id FROM public.people"), [(person,)])

    def test_a_batch_is_its_makers(self):
        batch = directory.new_id()
        self.first.create("A", batch=batch)
        self.assert_refused("RS002", self.second.create, "B", batch=batch)
        self.assert_refused("RS005", self.first.create, "B", batch="x")

    def test_an_email_twice(self):
        self.first.create("A", email="a@example.com")
        with self.assertRaises(psycopg2.errors.UniqueViolation) as caught:
            self.second.create("B", email="a@example.com")
        self.assertEqual(caught.exception.diag.constraint_name, "people_email_key")

    def test_values_that_nobody_has(self):
        person = self.first.create("A")
        for name, email, phone in (
            ("", "a@example.com", "1"), (" ", "a@example.com", "1"), (None, "a@example.com", "1"),
            ("A\n", "a@example.com", "1"), ("A" * 201, "a@example.com", "1"), ("A", "a", "1"),
            ("A", "a @example.com", "1"), ("A", f"{'a' * 251}@b.c", "1"), ("A", None, "1"),
            ("A", "a@example.com", ""), ("A", "a@example.com", "1" * 41), ("A", "a@example.com", None),
        ):  # fmt: skip
            with self.subTest(name=name, email=email, phone=phone):
                self.assert_refused("RS005", self.first.call, "create_person", directory.new_id(),
                                    directory.new_id(), name, email, phone)  # fmt: skip
        self.assert_refused("RS005", self.update, self.first, person, name=("A", "\x07"))

    def test_different_fields_merge(self):
        person = self.first.create("A", email="a@example.com")
        self.assertEqual(self.update(self.first, person, name=("A", "B"))[3], [])
        self.assertEqual(self.update(self.second, person, phone=("+49 30 1", "2")),
                         ("B", "a@example.com", "2", []))  # fmt: skip

    def test_the_same_field_conflicts(self):
        person = self.first.create("A", email="a@example.com")
        batch = directory.new_id()
        self.update(self.first, person, name=("A", "B"))
        self.assertEqual(self.update(self.second, person, batch, name=("A", "C"), phone=("+49 30 1", "2")),
                         ("B", "a@example.com", "+49 30 1", ["name"]))  # fmt: skip
        # With the choice made, the same again.
        self.assertEqual(self.update(self.second, person, batch, name=("B", "C"), phone=("+49 30 1", "2")),
                         ("C", "a@example.com", "2", []))  # fmt: skip
        # What has become so anyway is no conflict, nor a change.
        before = self.person(person)
        self.assertEqual(self.update(self.first, person, name=("A", "C"))[3], [])
        self.assertEqual(self.person(person), before)

    def test_an_update_repeated(self):
        person, batch = self.first.create("A"), directory.new_id()
        self.update(self.first, person, batch, name=("A", "B"))
        self.update(self.second, person, name=("B", "A"))
        self.assertEqual(self.update(self.first, person, batch, name=("A", "B"))[0], "A")
        self.assert_refused("RS004", self.update, self.first, directory.new_id(), name=("A", "B"))

    def test_updated_at_always_moves(self):
        person = self.first.create("A")
        ((*_, last),) = self.person(person)
        for text in ("UPDATE public.people SET name = 'B'",
                     "UPDATE public.people SET updated_at = updated_at",
                     "SET timezone TO 'Asia/Tokyo'; UPDATE public.people SET phone_number = '3'"):  # fmt: skip
            self.owner.rows(text)
            ((*_, now),) = self.person(person)
            self.assertGreater(now, last)
            self.assertLess((now - last).total_seconds(), 3600)
            last = now

    def test_history_says_who(self):
        person = self.first.create("A")
        self.update(self.second, person, name=("A", "B"))
        self.owner.rows("UPDATE public.people SET name = 'C'")
        self.assertEqual([(row[1], row[5], row[3] is None) for row in
                          self.first.call("person_history", person)],
                         [("update", "B", True), ("update", "A", False), ("create", None, False)])  # fmt: skip
        self.owner.rows("SELECT 1")
        self.assertEqual(len(self.first.call("person_history", person, None, 1)), 1)

    def test_delete_restore_and_purge(self):
        person, other = self.first.create("A"), self.first.create("B")
        batch = directory.new_id()
        self.assertEqual(self.first.call("delete_people", batch, [person, directory.new_id()])[0][:3],
                         (1, person, "A"))  # fmt: skip
        self.assertEqual(self.first.call("delete_people", batch, [other])[0][:3], (1, person, "A"))
        self.assertEqual([row[1:3] for row in self.first.call("recently_deleted")], [(person, "A")])
        self.assertEqual(self.first.call("count_deleted"), [(1,)])
        before = self.owner.rows("SELECT before ->> 'updated_at' FROM roster.people_history"
                                 " WHERE operation = 'delete'")  # fmt: skip
        self.assertEqual(self.first.call("restore_people", directory.new_id(), [person, other])[0][:2],
                         (1, person))  # fmt: skip
        self.assertEqual(self.owner.rows("SELECT to_jsonb(p) ->> 'updated_at' FROM public.people AS p"
                                         " WHERE id = %s", person), before)  # fmt: skip
        self.assertEqual(self.first.call("recently_deleted"), [])
        # Who is there is passed over.
        self.assertEqual(self.first.call("purge_people", directory.new_id(), [person]), [(0,)])
        self.first.call("delete_people", directory.new_id(), [person])
        self.assertEqual(self.first.call("purge_people", directory.new_id(), [person]), [(1,)])
        self.assertEqual(self.first.call("recently_deleted"), [])
        self.assert_refused("RS004", self.first.call, "restore_people", directory.new_id(), [person])
        self.assertEqual(self.owner.value(
            "SELECT count(*) FROM roster.people_history WHERE person_id = %s AND before IS NOT NULL",
            person), 0)  # fmt: skip

    def test_create_many_and_undo(self):
        ids = [directory.new_id() for _ in range(50)]
        batch = directory.new_id()
        columns = (ids, [f"N{i}" for i in ids], [f"{i}@example.com" for i in ids], ["1"] * 50,
                   [1000 * i for i in range(50)], [0] * 50)  # fmt: skip
        for _ in range(2):
            rows = self.first.call("create_people", batch, *columns)
            self.assertEqual([row[0] for row in rows], ids)
            self.assertEqual(str(rows[49][4]), "1970-01-01 00:00:49")
            self.assertEqual(rows[0][4], rows[0][5])
        self.assert_refused("RS005", self.first.call, "create_people", directory.new_id(), ids,
                            ["A"], ["a@example.com"], ["1"], [0], [0])  # fmt: skip
        undo = directory.new_id()
        self.assertEqual(self.first.call("undo_batch", undo, batch)[0][0], 50)
        self.assertEqual(self.first.call("undo_batch", undo, batch)[0][0], 50)
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.people"), 0)
        # And the undoing undone.
        self.assertEqual(self.first.call("undo_batch", directory.new_id(), undo)[0][0], 50)
        self.assertEqual(self.owner.value("SELECT count(*) FROM public.people"), 50)
        self.assert_refused("RS004", self.first.call, "undo_batch", directory.new_id(), directory.new_id())

    def test_undo_beside_others(self):
        person, batch = self.first.create("A"), directory.new_id()
        self.update(self.first, person, batch, name=("A", "B"))
        self.update(self.second, person, phone=("+49 30 1", "2"))
        self.first.call("undo_batch", directory.new_id(), batch)
        self.assertEqual(self.person(person)[0][:3:2], ("A", "2"))
        batch = directory.new_id()
        self.update(self.first, person, batch, name=("A", "B"))
        self.update(self.second, person, name=("B", "C"))
        self.assert_refused("RS003", self.first.call, "undo_batch", directory.new_id(), batch)
        self.assertEqual(self.person(person)[0][0], "C")

    def test_over_a_pooler(self):
        """Two connections share a server's; nothing of one is seen by the other."""
        role = self.first.value("SELECT current_user::text")
        passwords = {role: cluster.PASSWORD, cluster.OWNER: cluster.PASSWORD}
        with cluster.running(cluster.Bouncer, self.server, passwords) as bouncer:
            for number in range(20):
                with psycopg2.connect(bouncer.url(self.database, user=role)) as connection:
                    connection.autocommit = True
                    directory.Session(connection, self.first.token).create(f"N{number}")
                with psycopg2.connect(bouncer.url(self.database)) as connection:
                    connection.autocommit = True
                    directory.Session(connection).rows("UPDATE public.people SET phone_number = '2'")
        self.assertEqual(self.owner.rows(
            "SELECT DISTINCT operation, user_id IS NULL, batch IS NULL FROM roster.people_history"
            " ORDER BY 1"), [("create", False, False), ("update", True, True)])  # fmt: skip


if __name__ == "__main__":
    tap.main()
