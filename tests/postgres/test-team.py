#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team's directory as the windows have it, beside real servers: together, offline, over, anew."""

import cluster
import directory
import proxy
import tap
from driver import error
from teaming import TeamCase

READ_ONLY = "error RosterError 5"


class Together(TeamCase):
    def test_two_see_each_other(self):
        """One of them through PgBouncer."""
        other_role = self.make_member("other@example.com")
        passwords = {other_role: cluster.PASSWORD}
        with cluster.running(cluster.Bouncer, self.server, passwords) as bouncer:
            first = self.signed_in()
            second = self.signed_in(
                "other@example.com", folder="other", role=other_role,
                pooled=bouncer.url(self.database, user=other_role, options="connect_timeout=2"),
            )  # fmt: skip
            person = self.add(first)
            # Whoever saves has them at once.
            self.assertEqual((first.n_people, first.names), (1, ["Alice Johnson"]))
            second.wait(lambda: second.names == ["Alice Johnson"])
            self.assertEqual(second.run("rename", person, "Alice Johnson", "Grace Lee"), "ok")
            first.wait(lambda: first.names == ["Grace Lee"])
            # A change of the same field by somebody else is said, with what they made of it.
            self.assertEqual(first.run("rename", person, "Alice Johnson", "Henry Moore"), "Grace Lee")
            self.assertEqual(second.run("delete", person), "ok")
            first.wait_for_people(0)
            self.assertEqual(second.run("undo"), "Grace Lee")
            first.wait_for_people(1)
            # The web application has no Roster.
            self.owner.rows("UPDATE public.people SET name = 'Isabella Young'")
            for team in (first, second):
                team.wait(lambda: team.names == ["Isabella Young"])
                self.assertEqual(team.finish(), 0)

    def test_server_stopped_and_back(self):
        team = self.signed_in()
        self.add(team)
        self.server.stop()
        try:
            team.run("refresh")
            team.wait_for_state("offline")
            team.wait(lambda: team.edit_reason)
            self.assertEqual(team.edit_reason, team.reasons["offline"])
            self.assertEqual(team.run("add", directory.new_id(), "Grace Lee"), READ_ONLY)
            self.assertEqual(team.n_people, 1)
            # It can be read after a new start, too.
            self.assertEqual(team.finish(), 0)
            team = self.team()
            team.wait_for_people(1)
            team.wait_for_state("offline")
        finally:
            self.server.boot()
        team.wait_for_state("live")
        team.wait(lambda: team.edit_reason == "")
        self.add(team, "Grace Lee")
        self.assertEqual(team.n_people, 2)


class Between(TeamCase):
    """Somebody's network."""

    def setUp(self):
        super().setUp()
        self.proxy = proxy.Proxy(self.server.port)
        self.addCleanup(self.proxy.close)
        options = {"pooled": self.url(port=self.proxy.port), "listens": False}
        self.assertEqual(self.signed_in(**options).finish(), 0)
        # What follows the first reading and a beginning is done.
        self.member = self.team(**options)
        self.member.wait_for_state("live")
        self.person = self.add(self.member)

    def test_a_write_is_one_round_trip(self):
        for words in (("rename", self.person, "Alice Johnson", "Grace Lee"), ("delete", self.person),
                      ("undo",), ("add", directory.new_id(), "Henry Moore")):  # fmt: skip
            before = self.proxy.n_round_trips
            self.assertNotIn("error", self.member.run(*words))
            self.assertEqual(self.proxy.n_round_trips, before + 1, words)

    def test_answers_and_questions_cut(self):
        """At every place, roughly: what is said to be saved is, and once."""
        people = [self.person]
        for is_up in (False, True):
            for n_bytes in range(1, 1400, 83):
                self.proxy.cut_after(n_bytes, is_up)
                people.append(self.add(self.member, "Grace Lee"))
        self.assertEqual(self.member.n_people, len(people))
        self.assertEqual(sorted(self.owner.rows("SELECT person_id, operation FROM roster.people_history")),
                         sorted((person, "create") for person in people))  # fmt: skip


class Over(TeamCase):
    def test_revoked(self):
        team = self.signed_in()
        self.add(team)
        self.owner.rows("DELETE FROM public.sessions")
        team.run("refresh")
        team.wait_for_state("signed-out")
        team.wait(lambda: team.reasons["signed-out"])
        self.assertEqual(team.n_people, -1)
        cluster.wait_for(lambda: not self.folder.exists(), "the folder is still there")
        # And signed in again, at once.
        self.assertEqual(team.run("sign-in", "subject of member@example.com", "member@example.com"), "ok")
        team.wait_for_state("live")
        team.wait_for_people(1)

    def test_revoked_while_writing(self):
        team = self.signed_in()
        self.owner.rows("DELETE FROM public.sessions")
        self.assertEqual(team.run("add", directory.new_id(), "Grace Lee"), error("not-signed-in"))
        team.wait_for_state("signed-out")
        cluster.wait_for(lambda: not self.folder.exists(), "the folder is still there")

    def test_signed_out(self):
        team = self.signed_in()
        self.add(team)
        self.assertEqual(team.run("sign-out"), "ok")
        self.assertEqual((team.states[-1], team.n_people), ("signed-out", -1))
        self.assertFalse(self.folder.exists())
        self.assertEqual(team.finish(), 0)
        team = self.team()
        self.assertEqual((team.states[-1], team.n_people), ("signed-out", -1))

    def test_no_member_any_more(self):
        team = self.signed_in()
        self.add(team)
        self.owner.rows("SELECT roster.remove_member('member@example.com')")
        team.run("refresh")
        team.wait_for_state("signed-out")
        cluster.wait_for(lambda: not self.folder.exists(), "the folder is still there")


class Reading(TeamCase):
    def test_killed_while_reading(self):
        """What was read is there after it, and the rest follows."""
        self.fill(60000)
        team = self.team()
        self.assertEqual(team.run("sign-in", "subject", "member@example.com"), "ok")
        team.wait(lambda: 0 < team.n_people < 60000 and 0 < team.progress[-1] < 1, "nothing arrives")
        self.assertIn("reading", team.states)
        self.assertTrue(team.edit_reason)
        team.kill()
        team = self.team()
        self.assertGreater(team.n_people, 0)
        team.wait_for_state("live")
        self.assertGreater(min(team.progress), 0)
        team.wait_for_people(60000)
        team.wait(lambda: team.edit_reason == "")

    def test_unreadable(self):
        team = self.signed_in()
        self.add(team)
        self.assertEqual(team.finish(), 0)
        for name in ("people.roster", "people.roster-wal"):
            (self.folder / name).write_bytes(b"No directory" * 1000)
        team = self.team()
        team.wait_for_people(1)
        team.wait_for_state("live")
        self.add(team, "Grace Lee")


if __name__ == "__main__":
    tap.main()
